// The console as its users see it: by roles and names.

import { type Locator, type Page, expect } from '@playwright/test';

/** The three blocks, and those beside them. */
export type Block =
  | 'Invitations to send'
  | 'Invitations sent'
  | 'Invited and confirmed'
  | 'Declined'
  | 'Waiting list';

/** Waits until the page reacts: forms and links of the console are dead before. */
export async function hydrated(page: Page): Promise<void> {
  await page.locator('html[data-hydrated]').waitFor({ timeout: 30_000 });
}

/** Opens a page of the console. */
export async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await hydrated(page);
}

/** Signs in on the page to sign in. */
export async function signIn(page: Page, url: string, who: string, password: string): Promise<void> {
  await page.goto(`${url}/sign-in?language=en`);
  await page.getByLabel('E-mail or mobile').fill(who);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await hydrated(page);
}

/** Creates a training and opens its Invitations tab. */
export async function createTraining(page: Page, title: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: 'Trainings' }).click();
  await newTraining(page).click();
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Start', { exact: true }).fill('2031-03-10T09:00');
  await page.getByLabel('End', { exact: true }).fill('2031-03-11T17:00');
  await page.getByRole('button', { name: 'Create training' }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  if (!/\/invitations$/.test(new URL(page.url()).pathname)) await invitationsTab(page).click();
  await expect(block(page, 'Invitations to send')).toBeVisible();
}

/** *New training*: a link that looks like a button, or a button. */
export function newTraining(page: Page): Locator {
  const name = 'New training';
  return page.getByRole('link', { name }).or(page.getByRole('button', { name })).first();
}

/** The tab, whether it is a link of a navigation or a tab of a tab list. */
export function invitationsTab(page: Page): Locator {
  const name = /^Invitations\b/;
  return page.getByRole('tab', { name }).or(page.getByRole('main').getByRole('link', { name })).first();
}

/** A block of the Invitations tab. */
export function block(page: Page, name: Block): Locator {
  return page.getByRole('region', { name });
}

/** Waits until the heading of a block has this count. */
export async function expectCount(page: Page, name: Block, count: number): Promise<void> {
  await expect(block(page, name).getByRole('heading').first()).toContainText(new RegExp(`(^|\\D)${count}(\\D|$)`), {
    timeout: 60_000,
  });
}

/** Presses *Send invitations* or *Resend invitations* of a block and opens the dialog. */
export async function sendDialog(page: Page, button: 'Send invitations' | 'Resend invitations'): Promise<Locator> {
  await page.getByRole('button', { name: button, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: button });
  await expect(dialog).toBeVisible();
  return dialog;
}

/** The strip with what waits for its time or is on its way. */
export function goingOut(page: Page): Locator {
  return page.getByRole('region', { name: 'Messages going out' });
}

/** Does not wait for the moment in which a sending can be undone. */
export async function sendNow(page: Page): Promise<void> {
  await goingOut(page).getByRole('button', { name: 'Send now' }).click();
}
