// Files that go with e-mails: ticked by keyboard, on a telephone and in French, shown before anything is sent, and there when the mail arrives.

import { ADMINISTRATOR, expect, test } from '../support/world';
import { createTraining, hydrated, open, sendDialog, signIn } from '../support/console';
import { expectAccessible } from '../support/axe';
import { Panel } from '../support/panel';
import { text } from '../support/texts';

const PDF = Buffer.from('%PDF-1.4\nThe programme of two days\n%%EOF\n');

test('a file of the training goes with its invitation', async ({ page, server, testbed, database, expectedErrors }) => {
  test.setTimeout(180_000);
  expectedErrors.push(/Blocked script execution in 'about:srcdoc'/, /status of 422/);
  const domain = `attached-${database}.test`;
  await server.importUsers([
    { last_name: 'Dupont', first_name: 'Chloé', email: `chloe@${domain}`, language: 'fr' },
    { last_name: 'Horn', first_name: 'Ben', email: `ben@${domain}`, language: 'en' },
  ]);
  await signIn(page, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);
  await createTraining(page, 'Fire safety');
  const training = new URL(page.url()).pathname.replace(/\/invitations$/, '');

  await test.step('without files the editor says where to add some', async () => {
    await page.getByRole('link', { name: 'Message texts' }).click();
    const group = page.getByRole('group', { name: 'Attachments' });
    await expect(group.getByText('This training has no files yet.')).toBeVisible();
    await group.getByRole('link', { name: 'Add files under Documents' }).click();
    await expect(page.getByRole('heading', { name: 'Add documents' })).toBeVisible();
    const files = ['Programme.pdf', '1.pdf', '2.pdf', '3.pdf', '4.pdf', '5.pdf'].map((name) => ({
      name,
      mimeType: 'application/pdf',
      buffer: PDF,
    }));
    await page.locator('input[type=file]').setInputFiles(files);
    for (const { name } of files) await expect(page.getByRole('link', { name, exact: true })).toBeVisible();
  });

  await test.step('by keyboard, on a telephone: ticked at once, six are refused', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page, `${server.url}${training}/invitations/texts`);
    const group = page.getByRole('group', { name: 'Attachments' });
    const box = (name: string) => group.getByRole('checkbox', { name: new RegExp(`^${name}`) });
    await expect(box('Programme.pdf')).toHaveAccessibleName(/PDF · 41 bytes · not shared/);
    await box('Programme.pdf').focus();
    await page.keyboard.press('Space');
    await expect(box('Programme.pdf')).toBeChecked();
    const preview = page.getByRole('region', { name: 'Preview' });
    const shown = preview.getByRole('list', { name: 'Attachments' });
    await expect(shown.getByRole('listitem')).toHaveText(['Programme.pdf41 bytes']);
    await expect(group.getByText('In the other language (French) nothing goes with it.')).toBeVisible();
    for (const name of ['1.pdf', '2.pdf', '3.pdf', '4.pdf']) await box(name).check();
    await box('5.pdf').click();
    await expect(group.getByText('At most 5 files go with an e-mail.')).toBeVisible();
    await expect(box('5.pdf')).not.toBeChecked();
    for (const name of ['1.pdf', '2.pdf', '3.pdf', '4.pdf']) await box(name).uncheck();
    await expect(shown.getByRole('listitem')).toHaveCount(1);
    await expectAccessible(page, 'attachments on a telephone');
    // An SMS has none.
    await page.getByRole('button', { name: 'SMS' }).click();
    await expect(group).toBeHidden();
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  await test.step('in French, and it is there after a reload', async () => {
    await server.sql("UPDATE users SET language = 'fr' WHERE role = 'administrator'");
    await open(page, `${server.url}${training}/invitations/texts`);
    const group = page.getByRole('group', { name: text('fr', 'attachments-title') });
    await expect(group.getByRole('checkbox', { name: /^Programme\.pdf/ })).not.toBeChecked();
    await expect(group.getByText('Dans l’autre langue (anglais) : Programme.pdf')).toBeVisible();
    await page.getByRole('button', { name: text('fr', 'language-en') }).or(page.getByRole('button', { name: 'English' })).first().click();
    await expect(group.getByRole('checkbox', { name: /^Programme\.pdf/ })).toBeChecked();
    await expectAccessible(page, 'attachments in French');
    await server.sql("UPDATE users SET language = 'en' WHERE role = 'administrator'");
  });

  await test.step('the organisation’s texts have none, and say so', async () => {
    await open(page, `${server.url}/settings/texts`);
    await expect(page.getByText('A file goes with the e-mails of one training')).toBeVisible();
  });

  await test.step('the document says what it goes with, and so does the question before it is deleted', async () => {
    await open(page, `${server.url}${training}/documents`);
    await expect(page.getByText('Goes with: Invitation (English)')).toBeVisible();
    await page.getByRole('button', { name: 'Delete “Programme.pdf”' }).click();
    const question = page.getByRole('dialog', { name: 'Delete “Programme.pdf”?' });
    await expect(question.getByText('It goes with e-mails: Invitation (English).')).toBeVisible();
    await question.getByRole('button', { name: 'Cancel' }).click();
  });

  await test.step('who reads English gets it, as the dialog said; what is kept names it', async () => {
    await open(page, `${server.url}${training}/invitations`);
    const panel = await Panel.open(page);
    await panel.button(/^Add all/).click();
    await panel.button('Validate').click();
    await expect(panel.dialog).toBeHidden();
    const dialog = await sendDialog(page, 'Send invitations');
    const list = dialog.getByRole('list', { name: 'Attachments' });
    await dialog.getByRole('searchbox', { name: 'Find somebody' }).fill('horn');
    await expect(list.getByRole('listitem')).toHaveText(['Programme.pdf41 bytes']);
    await dialog.getByRole('searchbox', { name: 'Find somebody' }).fill('dupont');
    await expect(list).toBeHidden();
    await dialog.getByRole('button', { name: /^Send / }).click();
    const mails = await testbed.waitForMails(domain, 2);
    const names = (who: string) =>
      mails.find((mail) => mail.to[0].startsWith(who))!.attachments.map((file) => file.name);
    expect(names('ben')).toEqual(['training.ics', 'Programme.pdf']);
    expect(names('chloe')).toEqual(['training.ics']);
    const ben = mails.find((mail) => mail.to[0].startsWith('ben'))!;
    expect(ben.attachments[1]).toMatchObject({ content_type: 'application/pdf', text: PDF.toString() });
    await open(page, `${server.url}/settings/history`);
    await expect(page.getByText('attached “Programme.pdf” to a message: Invitation, e-mail, EN').first()).toBeVisible();
  });
});

test('what is typed in a text before the page reacts is not lost', async ({ page, server }) => {
  await signIn(page, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);
  // The page is there long before the program that makes it react.
  let go = () => {};
  const held = new Promise<void>((resolve) => (go = resolve));
  await page.route(/\.wasm$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${server.url}/settings/texts`, { waitUntil: 'commit' });
  const subject = page.getByRole('textbox', { name: 'Subject' });
  const body = page.getByRole('textbox', { name: 'Text', exact: true });
  await subject.fill('Early');
  await body.fill('Typed before the page reacts.');
  await expect(page.locator('html[data-hydrated]')).toHaveCount(0);
  go();
  await hydrated(page);
  await expect(page.getByText('One text is not saved.')).toBeVisible();
  await expect(subject).toHaveValue('Early');
  await expect(body).toHaveValue('Typed before the page reacts.');
  await page.getByRole('button', { name: 'SMS' }).click();
  await page.getByRole('button', { name: 'E-mail' }).click();
  await expect(subject).toHaveValue('Early');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('The text is saved.').first()).toBeVisible();
  await page.reload();
  await expect(body).toHaveValue('Typed before the page reacts.');
});
