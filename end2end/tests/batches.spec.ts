// A sending can be undone, hurried, planned and stopped, from every browser that shows the tab.

import { ADMINISTRATOR, expect, test } from '../support/world';
import { createTraining, expectCount, goingOut, open, sendDialog, sendNow, signIn } from '../support/console';
import { Panel } from '../support/panel';

test('a sending is undone, hurried, and planned', async ({ page, server, testbed, another, expectedErrors }, info) => {
  expectedErrors.push(/status of 422/);
  const domain = `batch${info.workerIndex}${Date.now()}.test`;
  const people = ['Anna', "Sinéad", 'Zoë'].map((first_name, n) => ({
    first_name,
    last_name: "O’Batch",
    email: `p${n}@${domain}`,
  }));
  await server.importUsers(people);
  await signIn(page, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);

  await test.step('the moment is as long as the organisation wants it', async () => {
    await open(page, `${server.url}/settings`);
    const seconds = page.getByLabel('Seconds in which a sending can be undone');
    await expect(seconds).toHaveValue('10');
    await seconds.fill('soon');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Type a whole number of seconds, 0 to 300.')).toBeVisible();
    await expect(seconds).toBeFocused();
    await seconds.fill('120');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('The settings are saved.').first()).toBeVisible();
  });

  await createTraining(page, 'Undone');
  const panel = await Panel.open(page);
  await panel.find('obatch', 3);
  await panel.button(/^Add all/).click();
  await panel.expectParticipants(3);
  await panel.button('Validate').click();
  await expectCount(page, 'Invitations to send', 3);
  const colleague = await another();
  await signIn(colleague, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);
  await open(colleague, page.url());

  await test.step('by keyboard, and seen by a colleague, who undoes it', async () => {
    const dialog = await sendDialog(page, 'Send invitations');
    await expect(dialog.getByLabel('Now, with 120 seconds to undo it')).toBeChecked();
    await dialog.getByRole('button', { name: 'Send 3 invitations' }).press('Enter');
    await expect(dialog).toBeHidden();
    await expect(goingOut(page)).toContainText(/3 invitations go out in 1:[45]\d/);
    await expect(goingOut(colleague)).toContainText('3 invitations go out in');
    const undo = goingOut(colleague).getByRole('button', { name: 'Undo' });
    await undo.focus();
    await colleague.keyboard.press('Enter');
    await expect(colleague.getByText('3 messages taken back: nothing has gone out.').first()).toBeVisible();
    await expect(goingOut(colleague)).toBeHidden();
    await expect(goingOut(page)).toBeHidden();
    await expectCount(page, 'Invitations to send', 3);
  });

  await test.step('a time that is over is refused at the field, and nothing typed is lost', async () => {
    const dialog = await sendDialog(page, 'Send invitations');
    await dialog.getByLabel('On a day and at a time').check();
    const plan = dialog.getByRole('button', { name: 'Plan 3 messages' });
    await expect(plan).toHaveAttribute('aria-disabled', 'true');
    const at = dialog.getByLabel('Day and time (Europe/Paris)');
    await at.fill('2020-01-01T09:00');
    await plan.click();
    await expect(dialog.getByText('This time is over. Choose a later one.')).toBeVisible();
    await expect(at).toHaveValue('2020-01-01T09:00');
    await at.fill('2031-03-01T09:00');
    await plan.click();
    await expect(dialog).toBeHidden();
    await expect(goingOut(colleague)).toContainText('3 invitations go out on 1 March 2031, 09:00 · Nadia Roux');
    // It survives that the page is opened anew.
    await open(page, page.url());
    await expect(goingOut(page)).toContainText('go out on 1 March 2031');
    await goingOut(page).getByRole('button', { name: 'Don’t send' }).click();
    await expect(goingOut(page)).toBeHidden();
  });

  expect(testbed.mails(domain)).toHaveLength(0);
  await test.step('sent now, once, from whichever browser', async () => {
    const dialog = await sendDialog(page, 'Send invitations');
    await dialog.getByRole('button', { name: 'Send 3 invitations' }).click();
    await expect(goingOut(colleague)).toBeVisible();
    await sendNow(colleague);
    await expectCount(page, 'Invitations sent', 3);
    await expect(goingOut(page)).toBeHidden();
    await testbed.waitForMails(domain, 3);
  });

  await test.step('the history says all of it', async () => {
    await open(page, `${server.url}/settings/history`);
    const lines = page.getByRole('main');
    await expect(lines).toContainText('undid a sending: 3 messages were taken back, none had gone out');
    await expect(lines).toContainText('planned invitations for 2031-03-01 09:00: 3 by e-mail, 0 by SMS');
    await expect(lines).toContainText('let a sending begin at once');
  });
  expect(testbed.mails(domain)).toHaveLength(3);
});
