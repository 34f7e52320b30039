// Somebody wants no more messages: by the link of a mail, seen at once in the console, honoured by the dialogs, and taken back by them alone.

import { ADMINISTRATOR, expect, test } from '../support/world';
import { block, createTraining, expectCount, open, sendDialog, sendNow, signIn } from '../support/console';
import { Panel } from '../support/panel';
import { stopLinkIn } from '../support/testbed';

test('whoever wants no more messages gets none, until they say otherwise', async ({ page, server, testbed, another }, info) => {
  const domain = `quiet${info.workerIndex}${Date.now()}.test`;
  await server.importUsers([
    { first_name: 'Anna', last_name: 'Quiet', email: `anna@${domain}` },
    { first_name: 'Bob', last_name: 'Quiet', email: `bob@${domain}` },
  ]);
  await signIn(page, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);
  await createTraining(page, 'First aid');
  const panel = await Panel.open(page);
  await panel.find('quiet', 2);
  await panel.button(/^Add all/).click();
  await panel.expectParticipants(2);
  await panel.button('Validate').click();
  await expectCount(page, 'Invitations to send', 2);
  const dialog = await sendDialog(page, 'Send invitations');
  await dialog.getByRole('button', { name: 'Send 2 invitations' }).click();
  await sendNow(page);
  await expectCount(page, 'Invitations sent', 2);
  const mails = await testbed.waitForMails(domain, 2);
  const annas = mails.find((mail) => mail.to.includes(`anna@${domain}`));
  const link = stopLinkIn(annas?.text ?? '');
  expect(annas?.headers['list-unsubscribe']).toBe(`<${link}>`);
  const row = block(page, 'Invitations sent').getByRole('listitem').filter({ hasText: 'Anna Quiet' });
  const anna = await another({ javaScriptEnabled: false });

  await test.step('the page of the link asks, and changes nothing by itself', async () => {
    await anna.goto(link);
    await expect(anna.getByRole('heading', { level: 1 })).toHaveText('Messages from Convoke Works');
    await expect(row).not.toContainText('wants no messages');
    await anna.getByRole('button', { name: 'Write to me no more' }).click();
    await expect(anna.getByRole('heading', { level: 1 })).toHaveText('You get no more messages');
  });

  await test.step('the row says so by itself, and its menu writes to nobody', async () => {
    await expect(row.getByText('wants no messages')).toBeVisible();
    await row.hover();
    await row.getByRole('button', { name: 'Actions for Anna Quiet' }).click();
    await expect(page.getByRole('menuitem', { name: 'Confirm for this person' })).toBeVisible();
    await expect(page.getByRole('menuitem', { name: 'Resend invitation' })).toHaveCount(0);
    await page.keyboard.press('Escape');
  });

  await test.step('the dialog counts and names her apart', async () => {
    const resend = await sendDialog(page, 'Resend invitations');
    await expect(resend).toContainText('One person wants no messages, and is not written to:');
    await expect(resend).toContainText('Anna Quiet');
    await resend.getByRole('button', { name: 'Resend 1 invitation' }).click();
    await sendNow(page);
    const all = await testbed.waitForMails(domain, 3);
    expect(all[2].to).toEqual([`bob@${domain}`]);
  });

  await test.step('the list of people shows and filters it', async () => {
    await open(page, `${server.url}/people?no-messages=1`);
    await expect(page.getByRole('listitem').filter({ hasText: 'Anna Quiet' })).toContainText('wants no messages');
    await expect(page.getByRole('listitem').filter({ hasText: 'Bob Quiet' })).toHaveCount(0);
  });

  await test.step('her page says who may take it back', async () => {
    await page.getByRole('link', { name: 'Anna Quiet' }).click();
    const card = page.getByRole('region', { name: 'Messages', exact: true });
    await expect(card).toContainText('said so themselves');
    await expect(card).toContainText('Only they can take this back');
    await expect(card.getByRole('button')).toHaveCount(0);
    await page.getByRole('tab', { name: 'Story' }).click();
    await expect(page.getByRole('main')).toContainText('wants no more messages');
  });

  await test.step('she takes it back, on the page of her invitation', async () => {
    const invitation = /https?:\/\/\S+\/i\/[\w-]+/.exec(annas?.text ?? '')?.[0] ?? '';
    await anna.goto(invitation);
    await expect(anna.getByText('You get no more messages from Convoke Works.')).toBeVisible();
    await anna.getByRole('button', { name: 'Write to me again' }).click();
    await expect(anna.getByRole('button', { name: 'Write to me no more' })).toBeVisible();
  });

  await test.step('an administrator notes it for Bob, by keyboard, and takes it back', async () => {
    await open(page, `${server.url}/people?search=bob`);
    await page.getByRole('link', { name: 'Bob Quiet' }).click();
    const card = page.getByRole('region', { name: 'Messages', exact: true });
    await card.getByRole('button', { name: 'Note that they want no messages' }).focus();
    await page.keyboard.press('Enter');
    await expect(card).toContainText('Did they ask for it?');
    await expect(card.getByRole('button', { name: 'Note that they want no messages' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(card).toContainText('noted by an administrator');
    await expect(card.getByRole('button', { name: 'Write to them again' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(card).toContainText('Is written to about trainings.');
  });
});
