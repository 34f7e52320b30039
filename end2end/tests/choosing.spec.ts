// The selection panel for other lists than participants: the members of a group, the trainers of a training.

import { DEMO_PASSWORD, expect, test } from '../support/world';
import { hydrated, newTraining, signIn } from '../support/console';
import { Panel, dragByMouse, dragByTouch } from '../support/panel';

test('the members of a group are chosen in the panel', async ({ page, demo }) => {
  await signIn(page, demo.url, 'admin@demo.test', DEMO_PASSWORD);
  await page.goto(`${demo.url}/people/groups`);
  await hydrated(page);
  const groups = page.getByRole('region', { name: 'Groups', exact: true });
  await groups.getByRole('textbox', { name: 'Name of a new group' }).fill('First aiders');
  await groups.getByRole('button', { name: 'Add' }).click();
  const row = groups.getByRole('listitem').filter({ hasText: 'First aiders' });
  const choose = row.getByRole('button', { name: 'Choose the members of First aiders' });
  await choose.click();
  const panel = new Panel(page, 'Members of First aiders', 'Members');
  await expect(panel.dialog).toContainText('Nobody yet.');
  await expect(panel.users.getByRole('option').nth(3).locator('.person-name')).toContainText(/\w/);

  await test.step('by double click, dragging and the arrow', async () => {
    await panel.users.getByRole('option').nth(0).dblclick();
    await panel.expectParticipants(1);
    await dragByMouse(page, panel.users.getByRole('option').nth(1), panel.participants);
    await panel.expectParticipants(2);
    await panel.users.getByRole('option').nth(2).click();
    await panel.button('Add').click();
    await panel.expectParticipants(3);
    await expect(panel.participants.getByRole('option', { name: /\bnew\b/ })).toHaveCount(3);
    await expect(panel.dialog).toContainText('+3 joining');
    // Nobody was written to: nothing is said of invitations.
    await expect(panel.dialog.getByText(/invite/)).toHaveCount(0);
  });

  await test.step('nothing is saved before Validate', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Discard', exact: true }).click();
    await expect(panel.dialog).toBeHidden();
    await expect(choose).toBeFocused();
    await expect(row).toContainText('0 people');
    await page.keyboard.press('Enter');
    await panel.expectParticipants(0);
  });

  await test.step('by keyboard', async () => {
    await panel.search.fill('an');
    await page.keyboard.press('Enter');
    await expect(panel.users.getByRole('option').nth(2)).toContainText(/an/i);
    await page.keyboard.press('ArrowDown');
    await expect(panel.users).toBeFocused();
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Enter');
    await panel.expectParticipants(2);
    // The filter is this panel's alone: neither in the address nor where participants are chosen.
    expect(new URL(page.url()).search).toBe('');
    await panel.button('Validate').click();
    await expect(panel.dialog).toBeHidden();
    await expect(page.getByText('2 joined, 0 left.').first()).toBeVisible();
    await expect(row).toContainText('2 people');
    await expect(choose).toBeFocused();
  });

  await test.step('they are there, and leave', async () => {
    await choose.click();
    await panel.expectParticipants(2);
    await expect(panel.participants.getByRole('option', { name: /\bnew\b/ })).toHaveCount(0);
    await panel.participants.getByRole('option').nth(0).dblclick();
    await expect(panel.dialog).toContainText('−1 removed');
    await panel.button('Validate').click();
    await expect(row).toContainText('1 person');
  });
});

test('the trainers of a training are chosen in the panel', async ({ page, demo }) => {
  await signIn(page, demo.url, 'admin@demo.test', DEMO_PASSWORD);
  await newTraining(page).click();
  await page.getByLabel('Title').fill('Taught by two');
  await page.getByLabel('Start', { exact: true }).fill('2031-03-10T09:00');
  await page.getByLabel('End', { exact: true }).fill('2031-03-11T17:00');
  const choose = page.getByRole('button', { name: 'Choose from the directory' });
  await choose.click();
  const panel = new Panel(page, 'Choose the trainers', 'Trainers');
  await expect(panel.users.getByRole('option').nth(1)).toContainText(/\w/);
  const nameOf = async (n: number) => panel.users.getByRole('option').nth(n).locator('.person-name').innerText();
  const [first, second] = [await nameOf(0), await nameOf(1)];
  await panel.users.getByRole('option').nth(0).click();
  await panel.users.getByRole('option').nth(1).click({ modifiers: ['Shift'] });
  await panel.button('Add').click();
  await expect(panel.dialog).toContainText('2 trainers');
  await panel.button('Validate').click();
  await expect(panel.dialog).toBeHidden();
  const chips = page.getByRole('group', { name: /^Trainers/ }).getByRole('listitem');
  await expect(chips).toHaveCount(2);
  await expect(choose).toBeFocused();

  await test.step('the panel has them when it opens again', async () => {
    await choose.click();
    await panel.expectParticipants(2);
    await panel.button('Cancel').click();
    await expect(panel.dialog).toBeHidden();
    await expect(chips).toHaveCount(2);
  });

  await page.getByRole('button', { name: 'Create training' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Taught by two' })).toBeVisible();
  await page.getByRole('tab', { name: 'Overview' }).click();
  await expect(page.getByRole('main')).toContainText(first);
  await expect(page.getByRole('main')).toContainText(second);
});

test.describe('with a finger', () => {
  test.use({ viewport: { width: 1180, height: 820 }, hasTouch: true });

  test('somebody joins a group', async ({ page, demo }) => {
    await signIn(page, demo.url, 'admin@demo.test', DEMO_PASSWORD);
    await page.goto(`${demo.url}/people/groups`);
    await hydrated(page);
    const groups = page.getByRole('region', { name: 'Groups', exact: true });
    await groups.getByRole('textbox', { name: 'Name of a new group' }).fill('Tap');
    await groups.getByRole('button', { name: 'Add' }).tap();
    const row = groups.getByRole('listitem').filter({ hasText: 'Tap' });
    await row.getByRole('button', { name: 'Choose the members of Tap' }).tap();
    const panel = new Panel(page, 'Members of Tap', 'Members');
    await expect(panel.users.getByRole('option').nth(1)).toContainText(/\w/);
    await dragByTouch(page, panel.users.getByRole('option').nth(1), panel.participants);
    await panel.expectParticipants(1);
    await panel.button('Validate').tap();
    await expect(row).toContainText('1 person');
  });
});
