// People come from a file: its columns are named, it is checked, imported, and undone.

import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { ADMINISTRATOR, expect, test } from '../support/world';
import { block, createTraining, expectCount, hydrated, open, signIn } from '../support/console';
import { Panel } from '../support/panel';

const LINES = [
  'Nom;Prénom;Courriel;Service',
  'Lefèvre;Zoé;zoe@import.test;Logistique',
  'Nguyen;Bảo;bao@import.test;Qualité',
  'Faux;Paul;pas-une-adresse;Qualité',
];

/** Gives a file to the page *Import people*. */
async function bring(page: Page, name: string, content: string | Buffer): Promise<void> {
  const file = { name, mimeType: 'application/octet-stream', buffer: typeof content === 'string' ? Buffer.from(content) : content };
  await page.getByLabel('Choose a file').setInputFiles(file);
}

/** Opens the people who are called so. */
async function search(page: Page, url: string, name: string): Promise<void> {
  await open(page, `${url}/people?search=${encodeURIComponent(name)}`);
}

test('a file is brought, checked, imported and undone', async ({ page, server }) => {
  await signIn(page, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);
  await open(page, `${server.url}/people`);
  await page.getByRole('main').getByRole('link', { name: 'Import', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Import people' })).toBeFocused();
  await bring(page, 'équipe.csv', LINES.join('\r\n'));
  await expect(page).toHaveURL(/\/people\/import\/[0-9a-f-]{36}$/);
  await expect(page.getByRole('heading', { level: 1, name: 'équipe.csv' })).toBeVisible();

  const column = (name: string) => page.getByLabel(`What “${name}” is`, { exact: true });
  const check = page.getByRole('button', { name: 'Check the file' });
  const found = page.getByRole('region', { name: 'The file is checked' });

  await test.step('the columns are guessed, and said by hand', async () => {
    await expect(column('Nom')).toHaveValue('last_name');
    await expect(column('Prénom')).toHaveValue('first_name');
    await expect(column('Courriel')).toHaveValue('email');
    await expect(column('Service')).toHaveValue('');
    await expect(page.getByRole('row').filter({ hasText: 'Courriel' })).toContainText('zoe@import.test');

    await column('Courriel').selectOption({ label: 'Leave out' });
    await expect(page.getByText('Choose which column is the e-mail, or the mobile.')).toBeVisible();
    await expect(check).toHaveAttribute('aria-disabled', 'true');
    await column('Courriel').selectOption({ label: 'Last name' });
    await expect(page.getByText('“Last name” is chosen more than once.')).toBeVisible();
    await expect(column('Nom')).toHaveAttribute('aria-invalid', 'true');
    await column('Courriel').selectOption({ label: 'E-mail' });
    await expect(check).not.toHaveAttribute('aria-disabled', 'true');
    await column('Service').selectOption({ label: 'Groups' });
  });

  await test.step('what would come of it is told, and nothing done', async () => {
    await check.click();
    await expect(found.getByRole('heading', { level: 2 })).toBeFocused();
    await expect(found.locator('.import-count').first()).toContainText('2');
    await expect(found).toContainText(/New groups:.*Logistique/);
    await expect(found).toContainText(/New groups:.*Qualité/);
    await expect(found).toContainText('One line is left out');
    await expect(found).toContainText('Line 4: “pas-une-adresse” is not an e-mail address');
    await expect(found.getByRole('button', { name: 'Import 2 people' })).toBeVisible();

    // What was found belongs to the columns it was found with.
    await column('Service').selectOption({ label: 'Leave out' });
    await expect(found).toBeHidden();
    await expect(page.getByText('The columns have changed since the check')).toBeVisible();
    await column('Service').selectOption({ label: 'Groups' });
    await check.click();
    await expect(found.getByRole('heading', { level: 2 })).toBeFocused();

    const [file] = await Promise.all([
      page.waitForEvent('download'),
      found.getByRole('link', { name: /^Lines left out.*\(CSV\)$/ }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/\.csv$/);
    const text = readFileSync(await file.path(), 'utf8');
    expect(text).toContain('pas-une-adresse');
    expect(text).toContain('is not an e-mail address');
    expect(text).not.toContain('zoe@import.test');
  });

  const address = page.url();
  const done = page.getByRole('region', { name: 'The import is done' });
  await test.step('the people are in the directory', async () => {
    await found.getByRole('button', { name: 'Import 2 people' }).click();
    await expect(done.getByRole('heading', { level: 2 })).toBeFocused();
    await expect(done.getByRole('link', { name: /^All lines.*\(XLSX\)$/ })).toBeVisible();
    await done.getByRole('link', { name: 'Go to People' }).click();
    await expect(page).toHaveURL(/\/people$/);
    await search(page, server.url, 'lefevre');
    const person = page.getByRole('listitem').filter({ hasText: 'Lefèvre' });
    await expect(person).toContainText('Logistique');
    await search(page, server.url, 'nguyen');
    await expect(page.getByRole('listitem').filter({ hasText: 'Nguyen' })).toBeVisible();
  });

  await test.step('and are gone when it is undone', async () => {
    await open(page, `${server.url}/people/import`);
    const latest = page.getByRole('region', { name: 'Latest imports' });
    await expect(latest.getByRole('listitem')).toContainText('2 new, 0 changed, 0 unchanged, 1 left out');
    await latest.getByRole('link', { name: 'équipe.csv' }).click();
    await expect(page).toHaveURL(address);
    await hydrated(page);
    const undo = page.getByRole('button', { name: 'Undo this import' });
    await undo.click();
    await expect(undo).toBeFocused();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(undo).toBeFocused();
    await undo.click();
    await expect(page.getByText('Whoever was changed since or is on a list stays.')).toBeVisible();
    await undo.click();
    const undone = page.getByRole('region', { name: 'The import is undone' });
    await expect(undone.getByRole('heading', { level: 2 })).toBeFocused();
    await expect(undone.locator('.import-count').first()).toContainText('2');
    await search(page, server.url, 'lefevre');
    await expect(page.getByText('Nobody matches')).toBeVisible();
  });
});

test('a file that cannot be imported is refused in words', async ({ page, server, expectedErrors }) => {
  expectedErrors.push(/status of 4(13|15|22)/);
  await signIn(page, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);
  await open(page, `${server.url}/people/import`);
  await bring(page, 'people.pdf', '%PDF-1.7');
  await expect(page.getByText('Only CSV and XLSX files can be imported.')).toBeVisible();
  await bring(page, 'people.csv', '');
  await expect(page.getByText('This file is empty.')).toBeVisible();
  // Named as a workbook, and begun like one: only the server can tell.
  await bring(page, 'people.xlsx', Buffer.from([0x50, 0x4b, 0x03, 0x04, 1, 2, 3, 4]));
  const refusal = page.locator('.upload', { hasText: 'people.xlsx' }).locator('.field-error');
  await expect(refusal).toHaveText(/\w+ \w+/);
  await expect(page).toHaveURL(/\/people\/import$/);
});

test('a file dropped on a training is imported, and its people are chosen for it', async ({ page, server }) => {
  await signIn(page, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);
  await createTraining(page, 'From a file');
  const lines = ['Last name,First name,E-mail', 'Lefèvre,Zoé,zoe@import.test', 'Nguyen,Bảo,bao@import.test'].join('\n');

  await test.step('it is dropped anywhere on the tab', async () => {
    const data = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'team.csv', { type: 'text/csv' }));
      return transfer;
    }, lines);
    const target = block(page, 'Invitations to send');
    await target.dispatchEvent('dragover', { dataTransfer: data });
    await expect(page.getByText('Drop the CSV or XLSX file here')).toBeVisible();
    await target.dispatchEvent('drop', { dataTransfer: data });
    await expect(page).toHaveURL(/\/people\/import\/[0-9a-f-]{36}\?for=/);
    await expect(page.getByText('For the training “From a file”')).toBeVisible();
  });

  const choose = page.getByRole('link', { name: 'Choose these 2 people for “From a file”' });
  await test.step('it is checked and imported, and leads back to the panel with its people', async () => {
    await page.getByRole('button', { name: 'Check the file' }).click();
    await page.getByRole('button', { name: 'Import 2 people' }).click();
    await choose.click();
    const panel = new Panel(page);
    await expect(panel.dialog).toBeVisible();
    await panel.expectUsers(2);
    await panel.button(/^Add all/).click();
    await panel.expectParticipants(2);
    await panel.button('Validate').click();
    await expect(panel.dialog).toBeHidden();
    await expectCount(page, 'Invitations to send', 2);
  });

  await test.step('the same file, chosen by hand, has nobody new; its people can be chosen all the same', async () => {
    await page.getByRole('button', { name: 'Import a file' }).click();
    const dialog = page.getByRole('dialog', { name: 'Import a file' });
    await dialog.getByLabel('Choose a file').setInputFiles({ name: 'team.csv', mimeType: 'text/csv', buffer: Buffer.from(lines) });
    await expect(page).toHaveURL(/\/people\/import\/[0-9a-f-]{36}\?for=/);
    await page.getByRole('button', { name: 'Check the file' }).click();
    await page.getByRole('button', { name: 'Go on with these 2 people' }).click();
    await expect(choose).toBeVisible();
  });
});
