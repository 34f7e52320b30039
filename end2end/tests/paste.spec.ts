// Paste e-mails or mobiles: sorted and shown first, then everybody is on the list.

import { ADMINISTRATOR, DEMO_PASSWORD, expect, test } from '../support/world';
import { block, createTraining, expectCount, signIn } from '../support/console';
import { Panel } from '../support/panel';

test('pasted addresses are sorted, shown, and put on the list', async ({ page, server, another }) => {
  await signIn(page, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);
  await createTraining(page, 'First Aid');
  const watching = await another();
  await signIn(watching, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);
  await watching.goto(page.url());
  await expectCount(watching, 'Invitations to send', 0);

  const button = page.getByRole('button', { name: 'Paste e-mails or mobiles' });
  const dialog = page.getByRole('dialog', { name: 'Paste e-mails or mobiles' });
  const text = dialog.getByLabel('E-mails or mobiles');
  await button.click();
  await text.fill(`${ADMINISTRATOR.email}\n"O’Neill, Zoë" <zoe@paste.test>, +33 6 39 98 12 34\nnonsense\nzoe@paste.test`);
  await dialog.getByRole('button', { name: 'Check' }).click();
  const found = dialog.getByText('One person of the directory, 2 new, 2 left out. Nothing is done yet.');
  await expect(found).toBeFocused();
  await expect(dialog.getByText('Line 3: neither an e-mail nor a mobile')).toBeVisible();
  await expect(dialog.getByText('Zoë O’Neill')).toBeVisible();

  // Typing on takes back what was found; Escape leaves everything as it was, and the text is still there.
  await text.press('End');
  await text.pressSequentially(',');
  await expect(found).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expectCount(page, 'Invitations to send', 0);
  await expect(button).toBeFocused();
  await button.click();
  await dialog.getByRole('button', { name: 'Check' }).click();

  const create = dialog.getByLabel('Create people for the new addresses');
  await create.uncheck();
  await expect(dialog.getByRole('button', { name: 'Put one person on the list' })).toBeVisible();
  await create.check();
  await dialog.getByLabel('Language of the new people').selectOption({ label: 'French' });
  await dialog.getByRole('button', { name: 'Put 3 people on the list' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('3 people are on the list now. 2 of them are new in the directory.').first()).toBeVisible();
  await expectCount(page, 'Invitations to send', 3);
  await expectCount(watching, 'Invitations to send', 3);
  await expect(page.getByText('Zoë O’Neill')).toBeVisible();
  await expect(page.getByText('+33639981234')).toBeVisible();

  // All are there now.
  await button.click();
  await expect(text).toHaveValue('');
  await text.fill('zoe@paste.test');
  await dialog.getByRole('button', { name: 'Check' }).click();
  await expect(dialog.getByText('Line 1: on the list already')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Nobody to put on the list' })).toHaveAttribute('aria-disabled', 'true');
});

test('in the panel, pasted people are changes like any other', async ({ page, demo }) => {
  await signIn(page, demo.url, 'admin@demo.test', DEMO_PASSWORD);
  await createTraining(page, 'Pasted into the panel');
  const panel = await Panel.open(page);
  const paste = panel.button('Paste e-mails or mobiles');
  const dialog = page.getByRole('dialog', { name: 'Paste e-mails or mobiles' });

  await test.step('Escape closes what is on top only', async () => {
    await paste.click();
    await expect(dialog).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(panel.dialog).toBeVisible();
    await expect(paste).toBeFocused();
  });

  await paste.click();
  await dialog.getByRole('textbox', { name: /^E-mails or mobiles/ }).fill('admin@demo.test\n"O’Neill, Seán 😀" <sean@panel.test>');
  await dialog.getByRole('button', { name: 'Check' }).click();
  await expect(dialog.locator('#paste-found')).toContainText('One person of the directory, 1 new');
  await expect(dialog).toContainText('on the list when you validate');
  await dialog.getByRole('button', { name: 'Move 2 people' }).click();
  await expect(dialog).toBeHidden();
  await panel.expectParticipants(2);
  await expect(panel.row(panel.participants, 'Seán 😀 O’Neill')).toBeVisible();
  await expect(panel.dialog).toContainText('+2 to invite');

  await test.step('nobody is on the list before Validate', async () => {
    await panel.cancel();
    await expect(block(page, 'Invitations to send')).not.toContainText('O’Neill');
    const again = await Panel.open(page);
    await again.search.fill('sean@panel.test');
    await again.expectUsers(1);
    await again.button('Paste e-mails or mobiles').click();
    await dialog.getByRole('textbox', { name: /^E-mails or mobiles/ }).fill('sean@panel.test');
    await dialog.getByRole('button', { name: 'Check' }).click();
    await dialog.getByRole('button', { name: 'Move one person' }).click();
    await again.expectParticipants(1);
    await again.button('Validate').click();
    await expect(block(page, 'Invitations to send')).toContainText('O’Neill');
  });
});
