// Two rows of the directory that are one person are made one.

import { type Page } from '@playwright/test';
import { DEMO_PASSWORD, expect, test } from '../support/world';
import { hydrated, signIn } from '../support/console';

async function create(page: Page, url: string, fields: Record<string, string>, group: number): Promise<void> {
  await page.goto(`${url}/people/new`);
  await hydrated(page);
  for (const [name, value] of Object.entries(fields)) await page.getByRole('textbox', { name }).fill(value);
  await page.getByRole('button', { name: /^Groups:/ }).click();
  await page.getByRole('group', { name: 'Groups' }).getByRole('checkbox').nth(group).check();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page).toHaveURL(/\/people$/);
}

test('a duplicate is found, compared and merged', async ({ page, demo, expectedErrors }) => {
  expectedErrors.push(/status of 409/);
  await signIn(page, demo.url, 'admin@demo.test', DEMO_PASSWORD);
  await create(page, demo.url, { 'First name': 'Zélie', 'Last name': 'Doubleau', 'E-mail': 'zelie@one.test' }, 0);
  await create(
    page,
    demo.url,
    { 'First name': 'Zelie', 'Last name': 'Doubleau', Mobile: '06 39 98 47 11', 'Employee id': 'E-4711' },
    1,
  );
  await page.goto(`${demo.url}/people?search=doubleau`);
  await hydrated(page);
  await page.getByRole('link', { name: 'Zélie Doubleau' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Zélie Doubleau' })).toBeVisible();
  const open = page.getByRole('button', { name: 'Merge with a duplicate' });
  const dialog = page.getByRole('dialog', { name: 'Merge with a duplicate' });
  const search = dialog.getByRole('searchbox', { name: 'Search the other person' });

  await test.step('those of the same name are there at once, but never the person themselves', async () => {
    await open.click();
    await expect(search).toBeFocused();
    const found = dialog.getByRole('button', { name: /^Compare with/ });
    await expect(found).toHaveCount(1);
    await expect(found).toContainText('+33639984711');
    await expect(found).toContainText('E-4711');
    // The first Escape is the search box's own: it empties it.
    await page.keyboard.press('Escape');
    await expect(search).toHaveValue('');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(open).toBeFocused();
  });

  await test.step('whoever merges can only be the one who stays', async () => {
    await open.click();
    await search.fill('admin@demo.test');
    const staff = dialog.getByRole('button', { name: /^Compare with/ });
    await expect(staff).toHaveCount(1);
    await expect(staff).toContainText('admin@demo.test');
    await staff.click();
    await expect(dialog).toContainText('You cannot do this with your own account');
    await dialog.getByRole('link', { name: /^Keep .* instead$/ }).click();
    await hydrated(page);
    await expect(dialog.getByRole('columnheader', { name: /Goes\s*Zélie Doubleau/ })).toBeVisible();
    await expect(page).toHaveURL(/\/people\/[0-9a-f-]+$/);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.goto(`${demo.url}/people?search=doubleau`);
    await hydrated(page);
    await page.getByRole('link', { name: 'Zélie Doubleau' }).click();
  });

  await test.step('side by side, what is missing comes from the other', async () => {
    await open.click();
    await dialog.getByRole('button', { name: 'Compare with Zelie Doubleau' }).click();
    await expect(dialog.getByRole('group', { name: 'Choose what is kept' })).toBeFocused();
    await expect(dialog.getByRole('radio', { name: 'First name: Zélie' })).toBeChecked();
    await expect(dialog.getByRole('radio', { name: 'E-mail: zelie@one.test' })).toBeChecked();
    await expect(dialog.getByRole('radio', { name: 'Mobile: +33639984711' })).toBeChecked();
    await expect(dialog.getByRole('radio', { name: 'Employee id: E-4711' })).toBeChecked();
    await expect(dialog).toContainText('This cannot be undone.');
    await expect(dialog.getByRole('row', { name: /Groups of both/ })).toContainText(',');

    await dialog.getByRole('button', { name: 'Another person' }).click();
    await expect(search).toBeFocused();
    await dialog.getByRole('button', { name: 'Compare with Zelie Doubleau' }).click();
    await dialog.getByRole('radio', { name: 'E-mail: nothing' }).check();
    await dialog.getByRole('radio', { name: 'Mobile: nothing' }).check();
    await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
    await expect(dialog.getByText('An e-mail or a mobile has to stay.')).toBeVisible();
    await dialog.getByRole('radio', { name: 'E-mail: zelie@one.test' }).check();
    await dialog.getByRole('radio', { name: 'Mobile: +33639984711' }).check();
    await dialog.getByRole('radio', { name: 'First name: Zelie' }).check();
  });

  await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Zelie Doubleau is one person now').first()).toBeVisible();
  const heading = page.getByRole('heading', { level: 1, name: 'Zelie Doubleau' });
  await expect(heading).toBeVisible();
  await expect(heading).toBeFocused();
  await expect(page.getByRole('textbox', { name: 'E-mail' })).toHaveValue('zelie@one.test');
  await expect(page.getByRole('textbox', { name: 'Mobile' })).toHaveValue('+33639984711');
  await expect(page.getByRole('textbox', { name: 'Employee id' })).toHaveValue('E-4711');
  await expect(page.getByRole('button', { name: /^Groups:/ })).toHaveAccessibleName(/,/);

  await page.goto(`${demo.url}/people?search=doubleau`);
  await hydrated(page);
  await expect(page.getByRole('list', { name: 'People' }).getByRole('listitem')).toHaveCount(1);
  await page.goto(`${demo.url}/settings/history`);
  await hydrated(page);
  await expect(page.getByRole('list', { name: 'History' }).getByRole('listitem').first()).toContainText(
    'merged a duplicate into a person: Zelie Doubleau',
  );
});
