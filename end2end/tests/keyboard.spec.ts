// The main job by keyboard alone: no mouse, no touch, from signing in to the answer.

import { ADMINISTRATOR, expect, test } from '../support/world';
import { expectCount, hydrated, invitationsTab, newTraining } from '../support/console';
import { press, tabTo, type } from '../support/keyboard';
import { Panel } from '../support/panel';
import { journeyPeople } from '../support/people';
import { linkIn } from '../support/testbed';

test('the whole journey by keyboard', async ({ page, server, testbed, another }) => {
  test.setTimeout(240_000);
  const key = 'keyboard';
  await server.importUsers(journeyPeople(key));

  await page.goto(`${server.url}/sign-in?language=en`);
  await type(page, page.getByLabel('E-mail or mobile'), ADMINISTRATOR.email);
  await type(page, page.getByLabel('Password'), ADMINISTRATOR.password);
  await page.keyboard.press('Enter');
  await hydrated(page);

  await press(page, page.getByRole('navigation').getByRole('link', { name: 'Trainings' }));
  await press(page, newTraining(page));
  await type(page, page.getByLabel('Title'), 'By keyboard');
  // Date and time inputs take what is typed part by part; the browser asks for AM or PM.
  await type(page, page.getByLabel('Start', { exact: true }), '10032031');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('0900AM');
  await type(page, page.getByLabel('End', { exact: true }), '11032031');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('0500PM');
  await press(page, page.getByRole('button', { name: 'Create training' }));
  await expect(page.getByRole('heading', { level: 1, name: 'By keyboard' })).toBeVisible();
  await tabTo(page, invitationsTab(page));
  await page.keyboard.press('Enter');

  const choose = page.getByRole('button', { name: 'Choose the participants' }).first();
  await press(page, choose);
  const panel = new Panel(page);
  await expect(panel.dialog).toBeVisible();
  await panel.expectUsers(19);

  await test.step('Escape leaves everything as it was and returns to the button', async () => {
    await page.keyboard.press('Escape');
    await expect(panel.dialog).toBeHidden();
    await expect(choose).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(panel.dialog).toBeVisible();
    await panel.expectUsers(19);
  });

  await test.step('one person: search, arrows, Space, Enter', async () => {
    await type(page, panel.search, 'mueller');
    await panel.expectUsers(1);
    await tabTo(page, panel.users);
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await panel.expectParticipants(1);
    await expect(page.locator('[aria-live]').filter({ hasText: /Müller|1/ }).first()).toBeAttached();
  });

  await test.step('several people: Shift and the arrows, then Add', async () => {
    await tabTo(page, panel.search, 'Shift+Tab');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.press('Delete');
    await panel.expectUsers(18);
    await tabTo(page, panel.users);
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await press(page, panel.button('Add'));
    await panel.expectParticipants(4);
    await panel.expectUsers(15);
  });

  await test.step('everyone there and back', async () => {
    await tabTo(page, panel.users, 'Shift+Tab');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.press('Enter');
    await panel.expectUsers(0);
    await panel.expectParticipants(19);
    await tabTo(page, panel.button('Remove all'));
    await page.keyboard.press('Enter');
    await panel.expectParticipants(0);
    await panel.expectUsers(19);
  });

  await test.step('a whole group by the filter', async () => {
    await tabTo(page, panel.filter('Groups'), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await tabTo(page, panel.choice('Office'));
    await page.keyboard.press('Space');
    await page.keyboard.press('Escape');
    await expect(panel.dialog, 'Escape closed the filter only').toBeVisible();
    await panel.expectUsers(5);
    await press(page, panel.button(/^Add all 5\b/));
    await panel.expectParticipants(5);
    await press(page, panel.button('Validate'));
    await expect(panel.dialog).toBeHidden();
    await expectCount(page, 'Invitations to send', 5);
  });

  await test.step('sending', async () => {
    await press(page, page.getByRole('button', { name: 'Send invitations', exact: true }));
    const dialog = page.getByRole('dialog', { name: 'Send invitations' });
    await press(page, dialog.getByRole('button', { name: 'Send 5 invitations' }));
    await expect(dialog).toBeHidden();
    await expectCount(page, 'Invitations sent', 5);
  });

  await test.step('answering', async () => {
    const [mail] = await testbed.waitForMails(`${key}.test`, 1);
    const trainee = await another();
    await trainee.goto(linkIn(mail.text));
    await press(trainee, trainee.getByRole('button', { name: 'I will attend' }));
    await expect(trainee.getByText('You will attend.')).toBeVisible();
    await expectCount(page, 'Invited and confirmed', 1);
  });
});
