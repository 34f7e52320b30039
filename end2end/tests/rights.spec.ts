// Who may see and do what, on the screen and past it.

import type { Page } from '@playwright/test';
import { DEMO_PASSWORD, expect, test } from '../support/world';
import { hydrated, invitationsTab, open, signIn } from '../support/console';
import { Panel } from '../support/panel';

/** Opens the first training of the list. */
async function firstTraining(page: Page, url: string): Promise<string> {
  await open(page, `${url}/trainings`);
  await page.getByRole('main').locator('a[href^="/trainings/"]:not([href$="/new"])').first().click();
  await expect(page).toHaveURL(/\/trainings\/[0-9a-f-]{36}/);
  await hydrated(page);
  return /\/trainings\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '';
}

/** Calls a server function as the page would. */
async function call(page: Page, name: string, body: unknown): Promise<number> {
  const answer = await page.request.post(new URL(`/api/${name}`, page.url()).href, {
    data: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', Origin: new URL(page.url()).origin },
  });
  return answer.status();
}

test('a trainer has no Invitations tab, not even by its address', async ({ page, demo, another, expectedErrors }) => {
  expectedErrors.push(/status of 403/);
  await signIn(page, demo.url, 'trainer@demo.test', DEMO_PASSWORD);
  const id = await firstTraining(page, demo.url);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(invitationsTab(page)).toHaveCount(0);
  await expect(view(page, 'Administrator view')).toHaveCount(0);

  await open(page, `${demo.url}/trainings/${id}/invitations`);
  await expect(page.getByRole('region', { name: 'Invitations to send' })).toHaveCount(0);
  await expect(page.getByRole('main')).toContainText('Invitations belong to the administrator view');
  expect(await call(page, 'invitation_blocks', { training_id: id, find: '' })).toBe(403);

  // An administrator has both views, and the trainer view hides the tab from them too.
  const admin = await another();
  await signIn(admin, demo.url, 'admin@demo.test', DEMO_PASSWORD);
  await open(admin, `${demo.url}/trainings/${id}/invitations`);
  await expect(admin.getByRole('region', { name: 'Invitations to send' })).toBeVisible();
  expect(await call(admin, 'invitation_blocks', { training_id: id, find: '' })).toBe(200);
  await view(admin, 'Trainer view').click();
  await expect(admin.getByRole('region', { name: 'Invitations to send' })).toHaveCount(0);
  await expect(invitationsTab(admin)).toHaveCount(0);
  // The switch is drawn anew with the view; the focus must not fall to the top of the document.
  await expect(admin.getByRole('heading', { level: 1 })).toBeFocused();
  await view(admin, 'Administrator view').press('Enter');
  await expect(invitationsTab(admin)).toBeVisible();
  await expect(admin.getByRole('heading', { level: 1 })).toBeFocused();
});

test('an authorised user sees and invites only the people of their groups', async ({ page, demo, another, expectedErrors }) => {
  expectedErrors.push(/status of 40[34]/);
  const admin = await another();
  await signIn(admin, demo.url, 'admin@demo.test', DEMO_PASSWORD);
  const id = await firstTraining(admin, demo.url);
  await open(admin, `${demo.url}/trainings/${id}/invitations`);
  const whole = await Panel.open(admin);
  const everyone = Number(await whole.users.getByRole('option').first().getAttribute('aria-setsize'));

  await signIn(page, demo.url, 'authorised@demo.test', DEMO_PASSWORD);
  await open(page, `${demo.url}/trainings/${id}/invitations`);
  const scoped = await Panel.open(page);
  const some = Number(await scoped.users.getByRole('option').first().getAttribute('aria-setsize'));
  expect(some).toBeGreaterThan(0);
  expect(some, 'two groups of twelve').toBeLessThan(everyone / 2);
  await expect(scoped.button(new RegExp(`^Add all ${some}\\b`))).toBeVisible();
  await scoped.cancel();

  await open(page, `${demo.url}/people`);
  await expect(page.getByRole('heading', { level: 1, name: 'People' })).toBeVisible();
  expect(await call(page, 'invitation_blocks', { training_id: id, find: '' })).toBe(200);
});

test('nobody gets in without signing in, and signing out ends it', async ({ page, demo, expectedErrors }) => {
  expectedErrors.push(/status of 401/);
  await page.goto(`${demo.url}/trainings`);
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByLabel('E-mail or mobile').fill('admin@demo.test');
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('do not go together')).toBeVisible();
  await expect(page.getByLabel('E-mail or mobile')).toHaveValue('admin@demo.test');
  await page.getByLabel('Password').fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await hydrated(page);
  await expect(page, 'where they wanted to go').toHaveURL(/\/trainings/);
  await page.getByRole('button', { name: /^Your account/ }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto(`${demo.url}/trainings`);
  await expect(page).toHaveURL(/\/sign-in/);
});

test('whoever is signed out on a page signs in and comes back to it', async ({ page, demo, expectedErrors }) => {
  expectedErrors.push(/status of 401/);
  await signIn(page, demo.url, 'admin@demo.test', DEMO_PASSWORD);
  const id = await firstTraining(page, demo.url);
  await page.context().clearCookies();
  await view(page, 'Trainer view').click();
  await page.getByRole('alert').getByRole('link', { name: 'Sign in' }).first().click();
  await page.getByLabel('E-mail or mobile').fill('admin@demo.test');
  await page.getByLabel('Password').fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await hydrated(page);
  await expect(page).toHaveURL(`${demo.url}/trainings/${id}?view=trainer`);
});

/** One side of the switch between the views. */
function view(page: Page, name: 'Administrator view' | 'Trainer view') {
  return page.getByRole('group', { name: 'View of this training' }).getByRole('link', { name });
}
