// The directory: filters, and what is remembered of them.

import { DEMO_PASSWORD, expect, test } from '../support/world';
import { block, hydrated, invitationsTab, signIn } from '../support/console';
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
  const past = page.getByRole('button', { name: /^Trainings and imports:/ });
  await past.click();
  const menu = page.getByRole('group', { name: 'Trainings and imports' });
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

test('a person’s story says what happened to them in all trainings', async ({ page, demo, another, expectedErrors }) => {
  await signIn(page, demo.url, 'admin@demo.test', DEMO_PASSWORD);
  await page.goto(`${demo.url}/trainings`);
  await hydrated(page);
  await page.getByRole('link', { name: /Fire Safety/ }).first().click();
  await invitationsTab(page).click();
  const row = block(page, 'Invitations sent').getByRole('listitem').first();
  await row.hover();
  await row.getByRole('button').last().click();
  await page.getByRole('menuitem', { name: 'Details' }).click();
  await page.getByRole('dialog').getByRole('link', { name: 'The story across all trainings' }).click();
  const heading = page.getByRole('heading', { level: 1 });
  await expect(page.getByRole('tab', { name: 'Story', selected: true })).toBeVisible();
  const name = await heading.innerText();
  await page.getByRole('tab', { name: 'Person' }).click();
  await page.getByRole('button', { name: 'Deactivate', exact: true }).click();
  await page.locator('.person-deactivate').getByRole('button', { name: 'Deactivate', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Bring back' })).toBeVisible();

  // By keyboard: along the tabs, and into the message.
  await page.getByRole('tab', { name: 'Person' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const story = page.getByRole('list', { name: `Story of ${name}` });
  const lines = story.getByRole('listitem');
  await expect(lines.first()).toContainText('Nadia Roux deactivated this person');
  await expect(lines.first()).toContainText('from 127.0.0.1');
  await expect(story).toContainText('chose this person for the training');
  const message = story.getByRole('button', { name: /wrote an (e-mail|SMS): / }).first();
  await message.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: `Message to ${name}` });
  await expect(dialog.locator('.message-paper')).toContainText(/\S/);
  await page.keyboard.press('Escape');
  await expect(message).toBeFocused();

  const everything = Number(await lines.first().getAttribute('aria-setsize'));
  const training = page.getByRole('combobox', { name: 'Training' });
  await training.selectOption({ index: 1 });
  await expect.poll(async () => Number(await lines.first().getAttribute('aria-setsize'))).toBeLessThan(everything);
  await expect(story).not.toContainText('deactivated');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export the story shown as CSV' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe(`Story of ${name}.csv`);

  // An authorised user reads it of the people of their groups, and of nobody else.
  expectedErrors.push(/status of 404/);
  const stories = await another();
  await signIn(stories, demo.url, 'authorised@demo.test', DEMO_PASSWORD);
  await stories.goto(`${demo.url}/people`);
  await hydrated(stories);
  const first = stories.locator('a.person-name').first();
  const theirs = await first.innerText();
  await first.click();
  await expect(stories.getByRole('heading', { level: 1, name: theirs })).toBeVisible();
  await expect(stories.getByRole('list', { name: `Story of ${theirs}` }).getByRole('listitem').first()).toContainText(/\S/);
  await expect(stories.getByRole('tab')).toHaveCount(0);
  await stories.goto(`${demo.url}/people/00000000-0000-7000-8000-000000000000/story`);
  await expect(stories.getByRole('alert')).toContainText(/\S/);
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
