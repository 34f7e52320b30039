// A mail that comes back is seen on the row, and put right there: the address is corrected in place, and one message more goes out to that person only.

import { ADMINISTRATOR, expect, HOOK_SECRET, test } from '../support/world';
import { block, createTraining, expectCount, open, sendDialog, sendNow, signIn } from '../support/console';
import { Panel } from '../support/panel';

/** A mail server's notice that the message with this Message-ID was not delivered. */
function returned(id: string): string {
  return [
    'From: MAILER-DAEMON@mail.test',
    'Subject: Undelivered Mail Returned to Sender',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=B1',
    '',
    '--B1',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mail.test',
    '',
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 no such user here',
    '',
    '--B1',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${id}`,
    '',
    '--B1--',
    '',
  ].join('\r\n');
}

test('a bounced mail appears on the row, is corrected in place and sent again', async ({ page, server, testbed }, info) => {
  const domain = `bounced${info.workerIndex}${Date.now()}.test`;
  await server.importUsers([
    { first_name: 'Anna', last_name: 'Bounced', email: `ana@${domain}` },
    { first_name: 'Bob', last_name: 'Bounced', email: `bob@${domain}` },
  ]);
  await signIn(page, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);
  await createTraining(page, 'First aid');
  const panel = await Panel.open(page);
  await panel.find('bounced', 2);
  await panel.button(/^Add all/).click();
  await panel.expectParticipants(2);
  await panel.button('Validate').click();
  await expectCount(page, 'Invitations to send', 2);
  const dialog = await sendDialog(page, 'Send invitations');
  await dialog.getByRole('button', { name: 'Send 2 invitations' }).click();
  await sendNow(page);
  await expectCount(page, 'Invitations sent', 2);

  const mails = await testbed.waitForMails(domain, 2);
  const annas = mails.find((mail) => mail.to.includes(`ana@${domain}`));
  const row = block(page, 'Invitations sent').getByRole('listitem').filter({ hasText: 'Anna Bounced' });

  await test.step('the row says so by itself', async () => {
    const answer = await fetch(`${server.url}/hooks/bounces/${HOOK_SECRET}`, {
      method: 'POST',
      body: returned(annas?.headers['message-id'] ?? ''),
    });
    expect(answer.status).toBe(204);
    await expect(row.getByRole('button', { name: 'Anna Bounced: bounced. Put right' })).toBeVisible();
    await expect(block(page, 'Invitations sent').getByRole('button', { name: /Put right$/ })).toHaveCount(1);
  });

  await test.step('by keyboard: what went wrong, and a mistyped address', async () => {
    await row.getByRole('button', { name: /bounced\. Put right/ }).focus();
    await page.keyboard.press('Enter');
    const repair = page.getByRole('dialog', { name: 'Reach Anna Bounced' });
    await expect(repair).toContainText('came back');
    await expect(repair).toContainText(`ana@${domain}`);
    await expect(repair).toContainText('550 5.1.1 no such user here');
    await expect(repair.getByRole('button', { name: 'Send again', exact: true })).toBeVisible();
    const email = repair.getByLabel('E-mail');
    await email.fill('anna@');
    await email.press('Enter');
    await expect(email).toHaveAttribute('aria-invalid', 'true');
    await expect(email).toBeFocused();
    // The address of somebody else, who is named.
    await email.fill(`BOB@${domain}`);
    await repair.getByRole('button', { name: 'Save and send again' }).click();
    await expect(repair.getByText('Bob Bounced has this address already.')).toBeVisible();
    await email.fill(`anna@${domain}`);
    await repair.getByRole('button', { name: 'Save and send again' }).click();
    await expect(repair).toBeHidden();
    await expect(page.getByText('A message to Anna Bounced is on its way.').first()).toBeVisible();
  });

  await test.step('one message goes to that person only', async () => {
    const all = await testbed.waitForMails(domain, 3);
    expect(all[2].to).toEqual([`anna@${domain}`]);
    await expect(row.getByRole('button', { name: /Put right/ })).toBeHidden();
    await expect(row).toContainText('1 reminder');
  });

  await test.step('the story and the list of messages tell it', async () => {
    await row.hover();
    await row.getByRole('button', { name: 'Actions for Anna Bounced' }).or(row.getByRole('button').last()).first().click();
    await page.getByRole('menuitem', { name: 'Story and answers' }).or(page.getByRole('menuitem').last()).first().click();
    const story = page.getByRole('dialog', { name: 'Anna Bounced' });
    await expect(story).toContainText('the e-mail bounced: Invitation (550 5.1.1 no such user here)');
    await expect(story).toContainText('wrote to this person again');

    await open(page, `${server.url}/messages?state=bounced`);
    await expect(page.getByText('1 message', { exact: true })).toBeVisible();
    await expect(page.getByRole('row').filter({ hasText: 'Anna Bounced' })).toContainText('Bounced');
    await page.getByLabel('State').selectOption({ label: 'Handed over' });
    await expect(page.getByText('2 messages', { exact: true })).toBeVisible();
    await expect(page).toHaveURL(/\/messages\?state=sent$/);
    await page.getByRole('searchbox', { name: 'Find by name' }).fill('bob');
    await expect(page.getByText('1 message', { exact: true })).toBeVisible();
    await expect(page).toHaveURL(/search=bob&state=sent/);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Export the messages shown as CSV' }).click();
    expect((await download).suggestedFilename()).toMatch(/\.csv$/);
  });
});
