// The directory: filters, and what is remembered of them.

import { DEMO_PASSWORD, expect, test } from '../support/world';
import { hydrated, signIn } from '../support/console';
import { Panel } from '../support/panel';

test('the directory is narrowed by several groups and types', async ({ page, demo }) => {
  await signIn(page, demo.url, 'admin@demo.test', DEMO_PASSWORD);
  await page.goto(`${demo.url}/people`);
  await hydrated(page);
  const intro = page.locator('.page-intro');
  const count = async () => Number((await intro.innerText()).replace(/\D/g, ''));
  await expect(intro).toHaveText(/\d/);
  const everybody = await count();

  const groups = page.getByRole('button', { name: /^Groups:/ });
  await groups.click();
  const choices = page.getByRole('group', { name: 'Groups' }).getByRole('checkbox');
  const [first, second] = [choices.nth(0), choices.nth(1)];
  await first.check();
  await expect.poll(count).toBeLessThan(everybody);
  const one = await count();
  await second.check();
  await expect.poll(count).toBeGreaterThan(one);
  const two = await count();
  await page.keyboard.press('Escape');
  await expect(choices.first()).toBeHidden();
  await expect(groups).toBeFocused();
  await expect(groups).toHaveAccessibleName(/,/);

  await page.getByRole('button', { name: /^User types:/ }).click();
  await page.getByRole('group', { name: 'User types' }).getByRole('checkbox').first().check();
  await expect.poll(count).toBeLessThan(two);

  await groups.click();
  await page.getByRole('group', { name: 'Groups' }).getByRole('button', { name: 'Clear' }).click();
  await expect(groups).toHaveAccessibleName('Groups: All groups');
});

test('a name is found although a letter is wrong, below those who are called so', async ({ page, demo }) => {
  await signIn(page, demo.url, 'admin@demo.test', DEMO_PASSWORD);
  await page.goto(`${demo.url}/people`);
  await hydrated(page);
  const list = page.getByRole('list', { name: 'People' });
  await expect(list.getByRole('listitem').first()).toContainText(/\w/);
  await page.getByRole('searchbox', { name: 'Search people' }).fill('fontiane');
  await expect(list.getByRole('listitem').first()).toContainText('Fontaine');
  await expect(list.getByRole('listitem').first().getByText('similar', { exact: true })).toBeVisible();
});

test('filters stay in the address and for the visit', async ({ page, demo }) => {
  await signIn(page, demo.url, 'admin@demo.test', DEMO_PASSWORD);
  await page.goto(`${demo.url}/people`);
  await hydrated(page);
  const intro = page.locator('.page-intro');
  const count = async () => Number((await intro.innerText()).replace(/\D/g, ''));
  await expect(intro).toHaveText(/\d/);
  const everybody = await count();

  // By what they took part in.
  const past = page.getByRole('button', { name: /^Trainings so far:/ });
  await past.click();
  const menu = page.getByRole('group', { name: 'Trainings so far' });
  const same = menu.getByRole('combobox', { name: 'Same people as in the training' });
  const fire = await same.locator('option', { hasText: 'Fire Safety' }).first().getAttribute('value');
  await same.selectOption(fire!);
  await expect.poll(count).toBeLessThan(everybody);
  const invited = await count();
  await page.keyboard.press('Escape');
  await expect(past).toHaveAccessibleName(/as in Fire Safety/);
  await page.getByRole('searchbox', { name: 'Search people' }).fill('an');
  await expect.poll(count).toBeLessThan(invited);
  const both = await count();
  await expect(page).toHaveURL(/search=an&same-as=/);

  // Loaded again, and linked.
  await page.reload();
  await hydrated(page);
  await expect.poll(count).toBe(both);
  await expect(page.getByRole('searchbox', { name: 'Search people' })).toHaveValue('an');
  await expect(past).toHaveAccessibleName(/as in Fire Safety/);

  // Somewhere else and back by the menu.
  await page.getByRole('link', { name: 'Trainings', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Trainings' })).toBeVisible();
  await page.getByRole('link', { name: 'People', exact: true }).click();
  await expect(page).toHaveURL(/search=an&same-as=/);
  await expect.poll(count).toBe(both);
});

test('the panel opens with its last filters, and from its address', async ({ page, demo }) => {
  await signIn(page, demo.url, 'admin@demo.test', DEMO_PASSWORD);
  await page.goto(`${demo.url}/trainings`);
  await hydrated(page);
  await page.getByRole('link', { name: /Fire Safety/ }).first().click();
  await page.getByRole('tab', { name: 'Invitations' }).or(page.getByRole('link', { name: 'Invitations' })).first().click();
  const panel = await Panel.open(page);
  await panel.search.fill('fontiane');
  await expect(panel.users.getByRole('option').first().getByText('similar', { exact: true })).toBeVisible();
  // Those who are only similar are not part of *Add all*.
  await expect(panel.button('Add all 0').first()).toBeVisible();
  await expect(page).toHaveURL(/\?choose&search=fontiane/);
  const similar = Number(await panel.users.getByRole('option').first().getAttribute('aria-setsize'));
  expect(similar).toBeGreaterThan(0);
  await panel.users.getByRole('option').first().dblclick();
  await panel.expectUsers(similar - 1);
  await panel.button('Cancel').click();
  await page.getByRole('button', { name: 'Discard', exact: true }).click();
  await expect(panel.dialog).toBeHidden();
  await expect(page).not.toHaveURL(/choose/);

  const again = await Panel.open(page);
  await expect(again.search).toHaveValue('fontiane');
  await again.expectUsers(similar);
  await expect(page).toHaveURL(/\?choose&search=fontiane/);
  const address = page.url();
  await page.reload();
  await expect(again.dialog).toBeVisible();
  await expect(again.search).toHaveValue('fontiane');
  await again.expectUsers(similar);
  expect(page.url()).toBe(address);
});

test('the history says who did what, and is narrowed', async ({ page, demo }) => {
  await signIn(page, demo.url, 'admin@demo.test', DEMO_PASSWORD);
  await page.goto(`${demo.url}/settings`);
  await hydrated(page);
  await page.getByRole('link', { name: 'History' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'History' })).toBeVisible();
  const lines = page.getByRole('list', { name: 'History' }).getByRole('listitem');
  await expect(lines.first()).toContainText('Nadia Roux signed in');
  await page.getByRole('combobox', { name: 'About' }).selectOption('presence');
  await expect(page.getByText('Nothing happened')).toBeVisible();
  await page.getByRole('combobox', { name: 'About' }).selectOption('');
  await page.getByRole('searchbox', { name: 'Search the history' }).fill('nobody is called so');
  await expect(page.getByText('Nothing happened')).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search the history' }).fill('roux');
  await expect(lines.first()).toContainText('signed in');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export the history shown as CSV' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('History.csv');
});

test('the people shown are exported', async ({ page, demo }) => {
  await signIn(page, demo.url, 'admin@demo.test', DEMO_PASSWORD);
  await page.goto(`${demo.url}/people?search=fontaine`);
  await hydrated(page);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export the people shown as CSV' }).click(),
  ]);
  const stream = await file.createReadStream();
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString('utf8');
  expect(text).toContain('last_name,first_name,email');
  expect(text.trim().split('\n').length).toBeGreaterThan(1);
  expect(text).not.toContain('Müller');
});
