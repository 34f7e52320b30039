// The directory is changed: a person, groups, several people at once.

import { DEMO_PASSWORD, expect, test } from '../support/world';
import { hydrated, signIn } from '../support/console';

test('a person is created, refused where it has to be, changed and deactivated', async ({ page, demo, expectedErrors }) => {
  expectedErrors.push(/status of 422/);
  await signIn(page, demo.url, 'admin@demo.test', DEMO_PASSWORD);
  await page.goto(`${demo.url}/people`);
  await hydrated(page);
  await page.getByRole('link', { name: 'New person' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'New person' })).toBeVisible();
  const field = (name: string) => page.getByRole('textbox', { name });

  await test.step('what is wrong is said at the field, and nothing typed is lost', async () => {
    await field('First name').fill('Zélie');
    await page.getByRole('button', { name: 'Create' }).click();
    await expect(field('Last name')).toBeFocused();
    await expect(page.getByText('Please fill this in.')).toBeVisible();
    await expect(page.getByText('Please give an e-mail or a mobile.')).toBeVisible();
    await field('Last name').fill('O’Hara');
    await field('E-mail').fill('ADMIN@demo.test');
    await page.getByRole('button', { name: 'Create' }).click();
    await expect(page.getByText('Somebody else has this already.')).toBeVisible();
    await expect(field('E-mail')).toBeFocused();
    await expect(field('First name')).toHaveValue('Zélie');
    await field('E-mail').fill('zelie@example.org');
  });

  await test.step('in two groups', async () => {
    const groups = page.getByRole('button', { name: /^Groups:/ });
    await groups.click();
    const choices = page.getByRole('group', { name: 'Groups' }).getByRole('checkbox');
    await choices.nth(0).check();
    await choices.nth(1).check();
    await page.keyboard.press('Escape');
    await expect(groups).toHaveAccessibleName(/,/);
    await page.getByRole('button', { name: 'Create' }).click();
    await expect(page).toHaveURL(/\/people$/);
    await expect(page.getByText('Zélie O’Hara is saved').first()).toBeVisible();
  });

  await page.getByRole('searchbox', { name: 'Search people' }).fill('ohara zelie');
  const person = page.getByRole('link', { name: 'Zélie O’Hara' });
  await person.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Zélie O’Hara' })).toBeVisible();
  await expect(field('E-mail')).toHaveValue('zelie@example.org');
  await field('Last name').fill('Öz');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  // Back where the list was narrowed.
  await expect(page).toHaveURL(/search=ohara/);
  await page.getByRole('searchbox', { name: 'Search people' }).fill('oez zelie');
  await page.getByRole('link', { name: 'Zélie Öz' }).click();

  await field('Employee id').fill('E-77');
  await page.getByRole('button', { name: 'Deactivate' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Deactivate' }).click();
  await page.getByRole('button', { name: 'Deactivate' }).click();
  await expect(page.getByText('Deactivated: never invited')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Bring back' })).toBeFocused();
  await page.getByRole('button', { name: 'Bring back' }).click();
  await expect(page.getByRole('button', { name: 'Deactivate' })).toBeVisible();
  // What was typed meanwhile is still there, and is saved.
  await expect(field('Employee id')).toHaveValue('E-77');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Zélie Öz is saved').first()).toBeVisible();
});

test('groups are made, filled from the list, renamed and taken away', async ({ page, demo, expectedErrors }) => {
  expectedErrors.push(/status of 422/);
  await signIn(page, demo.url, 'admin@demo.test', DEMO_PASSWORD);
  await page.goto(`${demo.url}/people/groups`);
  await hydrated(page);
  const groups = page.getByRole('region', { name: 'Groups', exact: true });
  const name = groups.getByRole('textbox', { name: 'Name of a new group' });
  await name.fill('Plant Lyon');
  await groups.getByRole('button', { name: 'Add' }).click();
  await expect(groups.getByText('Another one is called so already.')).toBeVisible();
  await expect(name).toBeFocused();
  await name.fill('First aiders');
  await groups.getByRole('button', { name: 'Add' }).click();
  const row = groups.getByRole('listitem').filter({ hasText: 'First aiders' });
  await expect(row).toContainText('0 people');

  await test.step('two of the list join, then everyone who matches', async () => {
    await page.goto(`${demo.url}/people?search=an`);
    await hydrated(page);
    const boxes = page.getByRole('listitem').getByRole('checkbox');
    await boxes.nth(0).check();
    await boxes.nth(1).check();
    const bar = page.getByRole('group', { name: 'What to do with the selected people' });
    await expect(bar).toContainText('2 people selected');
    await bar.getByRole('button', { name: 'Add to groups' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add 2 people to groups' });
    await dialog.getByRole('checkbox', { name: 'First aiders' }).check();
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText('2 people added').first()).toBeVisible();
    await expect(bar).toBeHidden();
    await expect(page.getByRole('listitem').first()).toContainText('First aiders');

    const count = Number((await page.locator('.page-intro').innerText()).replace(/\D/g, ''));
    await page.getByRole('checkbox', { name: 'Select everyone who matches' }).check();
    await boxes.nth(0).uncheck();
    await expect(bar).toContainText(`${count - 1} people selected`);
    await bar.getByRole('button', { name: 'Add to groups' }).click();
    const all = page.getByRole('dialog', { name: `Add ${count - 1} people to groups` });
    await all.getByRole('checkbox', { name: 'First aiders' }).check();
    await all.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(all).toBeHidden();
    await page.goto(`${demo.url}/people/groups`);
    await hydrated(page);
    // Those who are deactivated are in it, and not counted.
    await expect.poll(async () => Number((await row.innerText()).replace(/\D/g, ''))).toBeGreaterThan(count * 0.9);
  });

  await row.getByRole('button', { name: 'Rename First aiders' }).click();
  const rename = row.getByRole('textbox', { name: 'Rename First aiders' }).or(groups.getByRole('textbox', { name: 'Rename First aiders' }));
  await expect(rename).toBeFocused();
  await rename.fill('Rescuers');
  await page.keyboard.press('Enter');
  const renamed = groups.getByRole('listitem').filter({ hasText: 'Rescuers' });
  await expect(renamed).toBeVisible();
  await renamed.getByRole('button', { name: 'Delete Rescuers' }).click();
  await expect(renamed).toContainText('stay in the directory');
  await renamed.getByRole('button', { name: 'Delete Rescuers' }).click();
  await expect(renamed).toBeHidden();

  const types = page.getByRole('region', { name: 'User types', exact: true });
  await types.getByRole('button', { name: 'Delete Collaborator' }).click();
  await expect(types.getByText('Only what nobody has can be deleted.')).toBeVisible();
  await expect(types.getByRole('button', { name: 'Cancel' })).toBeFocused();

  await page.goto(`${demo.url}/settings/history`);
  await hydrated(page);
  const line = page.getByRole('listitem').filter({ hasText: 'deleted the group Rescuers' });
  await expect(line).toContainText('from 127.0.0.1');
});
