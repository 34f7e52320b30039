// Reminders are planned, a moved training is announced, and the tab says what happened since the last visit.

import { linkIn } from '../support/testbed';
import { ADMINISTRATOR, expect, test } from '../support/world';
import { createTraining, expectCount, goingOut, open, sendDialog, sendNow, signIn } from '../support/console';
import { Panel } from '../support/panel';

test('a training moves, is announced, and reminded of', async ({ page, server, testbed, another, expectedErrors }, info) => {
  expectedErrors.push(/status of 422/);
  const domain = `remind${info.workerIndex}${Date.now()}.test`;
  await server.importUsers(
    ['Anna', 'Zoë'].map((first_name, n) => ({ first_name, last_name: 'Remind', email: `p${n}@${domain}` })),
  );
  await signIn(page, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);
  await createTraining(page, 'Moving House');
  const tab = page.url();
  const panel = await Panel.open(page);
  await panel.find('remind', 2);
  await panel.button(/^Add all/).click();
  await panel.expectParticipants(2);
  await panel.button('Validate').click();
  const dialog = await sendDialog(page, 'Send invitations');
  await dialog.getByRole('button', { name: 'Send 2 invitations' }).click();
  await sendNow(page);
  await expectCount(page, 'Invitations sent', 2);
  const mails = await testbed.waitForMails(domain, 2);

  await test.step('what happened while nobody looked is said, once', async () => {
    await open(page, `${server.url}/trainings`);
    const trainee = await another({ javaScriptEnabled: false });
    await trainee.goto(linkIn(mails[0]?.text ?? ''));
    await trainee.getByRole('button', { name: 'I will attend' }).click();
    await expect(trainee.getByText('You will attend.')).toBeVisible();
    await open(page, tab);
    const news = page.getByRole('status').filter({ hasText: 'Since you last looked here' });
    await expect(news).toContainText('1 person confirmed');
    await news.getByRole('button', { name: 'Close' }).click();
    await expect(news).toBeHidden();
    await open(page, tab);
    await expectCount(page, 'Invited and confirmed', 1);
    await expect(news).toBeHidden();
  });

  await test.step('new dates are announced to everybody who knows the old ones', async () => {
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByLabel('Place').fill('Room 12');
    await page.getByRole('button', { name: 'Save', exact: false }).first().click();
    await open(page, tab);
    const moved = page.getByRole('status').filter({ hasText: 'The training has moved, and 2 people have not been told.' });
    await expect(moved).toBeVisible();
    await moved.getByRole('button', { name: 'Tell them' }).click();
    const announce = page.getByRole('dialog', { name: 'Tell about the change' });
    await expect(announce.frameLocator('iframe').getByText('Room 12')).toBeVisible();
    await announce.getByRole('button', { name: 'Tell 2 people' }).click();
    await expect(announce).toBeHidden();
    await expect(moved).toBeHidden();
    await expect(goingOut(page)).toContainText('2 messages about the change go out in');
    await sendNow(page);
    const all = await testbed.waitForMails(domain, 4);
    const change = all[3];
    expect(change?.text).toContain('Room 12');
    const calendar = change?.attachments.find((part) => part.content_type === 'text/calendar');
    expect(calendar?.text).toContain('SEQUENCE:1');
    await expectCount(page, 'Invited and confirmed', 1);
  });

  await test.step('a reminder is planned and taken away, and bad input is told at its field', async () => {
    await page.getByRole('button', { name: 'Reminders', exact: true }).click();
    const reminders = page.getByRole('dialog', { name: 'Reminders' });
    await expect(reminders.getByText('No reminder is planned')).toBeVisible();
    const days = reminders.getByLabel('Days');
    await days.fill('100');
    await reminders.getByRole('button', { name: 'Plan', exact: true }).click();
    await expect(reminders.getByText('Type a whole number of days, 1 to 60.')).toBeVisible();
    await expect(days).toHaveValue('100');
    await days.fill('3');
    await days.press('Enter');
    // The training begins on 10 March 2031.
    await expect(reminders.getByRole('listitem')).toContainText('3 days before the start');
    await expect(reminders.getByRole('listitem')).toContainText('7 March 2031, 09:00 · Nadia Roux');
    await reminders.getByRole('button', { name: 'Plan', exact: true }).click();
    await expect(reminders.getByText('This reminder is planned already.')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Reminders (1)' })).toBeFocused();
    await page.keyboard.press('Enter');
    await reminders.getByRole('button', { name: 'Take away: 3 days before the start' }).click();
    await expect(reminders.getByText('No reminder is planned')).toBeVisible();
  });
});
