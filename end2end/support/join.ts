// The public pages behind a training code.

import { type APIRequestContext, type Locator, type Page, expect } from '@playwright/test';

/**
 * The codes of the demo's trainings, by title, as the console names them. `request` is that of somebody who administers trainings and is
 * signed in.
 */
export async function trainingCodes(request: APIRequestContext, url: string): Promise<Map<string, string>> {
  let lists = '';
  for (const phase of ['upcoming', 'running']) {
    lists += await (await request.get(`${url}/trainings?phase=${phase}`)).text();
  }
  const codes = new Map<string, string>();
  for (const training of new Set(lists.match(/\/trainings\/[0-9a-f-]{36}(?=")/g))) {
    const tab = await (await request.get(`${url}${training}/registration`)).text();
    const code = /\/join\/([0-9A-Z]{8})\b/.exec(tab)?.[1];
    if (!code) continue;
    codes.set(/<h1[^>]*>([^<]+)</.exec(tab)?.[1] ?? '', code);
  }
  return codes;
}

/** Switches the organisation's option *Login codes* on. */
export async function allowCodes(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('switch', { name: 'Login codes' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Everything is saved', { exact: true })).toBeVisible();
}

/** Offers self-registration for the training that is open. */
export async function offer(page: Page): Promise<void> {
  await page.getByRole('tab', { name: /Self-registration/ }).click();
  await page.getByRole('switch', { name: 'Offer self-registration' }).click();
  await expect(page.getByRole('heading', { name: 'Training code' })).toBeVisible();
}

/** Signs in for the codes without leaving anything in the page's own browser. */
export async function codesOf(page: Page, url: string, who: string, password: string): Promise<Map<string, string>> {
  const browser = page.context().browser();
  if (!browser) throw new Error('the page has no browser');
  const context = await browser.newContext();
  try {
    const answer = await context.request.post(`${url}/sign-in`, {
      form: { identifier: who, password },
      headers: { Origin: url },
    });
    expect(answer.ok(), 'signed in').toBe(true);
    return await trainingCodes(context.request, url);
  } finally {
    await context.close();
  }
}

/** The list of those registered. */
export function names(page: Page): Locator {
  return page.getByRole('list', { name: 'Registered trainees' }).getByRole('button');
}

/** Waits until the module of these pages runs. */
export async function quick(page: Page): Promise<void> {
  await page.locator('html[data-quick]').waitFor({ state: 'attached', timeout: 30_000 });
}

/** Fills in what the demo's form requires, and the names. */
export async function fillForm(page: Page, first: string, last: string, email: string): Promise<void> {
  await page.getByLabel('First name').fill(first);
  await page.getByLabel('Last name').fill(last);
  for (const field of await page.locator('[data-field][data-required]').all()) {
    const kind = await field.getAttribute('data-kind');
    const control = field.locator('input, select, textarea').first();
    if (kind === 'email') await control.fill(email);
    else if (kind === 'tick_box' || kind === 'several_choices') await control.check();
    else if (kind === 'mobile') await control.fill('+33 6 12 34 56 78');
    else if (kind === 'number') await control.fill('3');
    else if (kind === 'date') await control.fill('2026-01-15');
    else if (kind === 'long_text') await control.fill('None');
    else if (kind === 'one_choice') {
      if (await field.locator('select').count()) await control.selectOption({ index: 1 });
      else await control.check();
    } else if (!(await control.inputValue())) await control.fill('A short text');
  }
}

/** Everything that a browser keeps of these pages and a person could read. */
export async function kept(page: Page): Promise<string> {
  const storage = await page.evaluate(async () => {
    const caches = await window.caches?.keys().catch(() => []);
    const databases = await indexedDB.databases();
    return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, caches ?? [], databases, document.cookie]);
  });
  const cookies = (await page.context().cookies()).map((cookie) => `${cookie.name}=${cookie.value}`);
  const inputs = await page.locator('input:not([type=hidden]), textarea').evaluateAll((all) =>
    all.map((input) => (input as HTMLInputElement).value),
  );
  return [await page.content(), page.url(), storage, ...cookies, ...inputs].join('\n');
}
