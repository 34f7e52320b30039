// The training room: names that somebody entered elsewhere, and a tablet that is locked to its training.

import type { BrowserContext, Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import { open as openConsole, signIn } from '../support/console';
import { keeps } from '../support/device';
import { codesOf, names, quick } from '../support/join';
import { Network } from '../support/network';
import { text } from '../support/texts';
import { DEMO_PASSWORD, expect, test } from '../support/world';

/** The one that runs today. */
const TODAY = 'Lean Management: Basics';
const TABLET = { viewport: { width: 1180, height: 820 }, hasTouch: true };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
/** What the browser logs when a network is cut, a PIN is wrong, and nobody is in a space. */
const EXPECTED = [/net::ERR_/, /status of 4\d\d/, /Failed to load resource/];

test.use(TABLET);

async function code(page: Page, url: string): Promise<string> {
  const found = (await codesOf(page, url, 'admin@demo.test', DEMO_PASSWORD)).get(TODAY);
  if (!found) throw new Error(`${TODAY} is not offered with a code`);
  return found;
}

/** Another device. */
async function device(page: Page, options: object): Promise<{ context: BrowserContext; page: Page }> {
  const context = await page.context().browser()!.newContext(options);
  return { context, page: await context.newPage() };
}

/** axe: in French and dark, and in English and light; so the page is shown afterwards. */
async function looked(page: Page, what: string): Promise<void> {
  for (const [language, colorScheme] of [['fr', 'dark'], ['en', 'light']] as const) {
    await page.goto(`${page.url().split('?')[0]}?language=${language}`);
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page, `${what}, ${language}, ${colorScheme}`);
  }
}

test('a name that somebody entered by on another device is marked, and asks first', async ({ page, demo }) => {
  const list = `${demo.url}/join/${await code(page, demo.url)}`;
  const phone = await device(page, PHONE);
  await phone.page.goto(list);
  const first = names(phone.page).first();
  const name = (await first.getAttribute('aria-label')) ?? '';
  await first.click();
  await expect(phone.page.getByRole('heading', { name })).toBeVisible();

  await page.goto(list);
  const marked = names(page).filter({ hasText: name }).first();
  await expect(marked).toHaveAccessibleDescription(/another device/);
  await looked(page, 'a marked name');
  await marked.click();
  await expect(page.getByText(new RegExp(`Somebody entered as ${name} on another device at \\d\\d:\\d\\d`))).toBeVisible();
  await looked(page, 'whether it is them');
  await page.getByRole('link', { name: 'No, back to the list' }).click();
  await marked.click();
  await page.getByRole('button', { name: 'Yes, that is me' }).click();
  await expect(page.getByRole('heading', { name })).toBeVisible();
  // Now it is the phone that sees the mark.
  await phone.page.goto(list);
  await expect(names(phone.page).filter({ hasText: name }).first()).toHaveAccessibleDescription(/another device/);
  await phone.context.close();
});

test('a locked tablet stays with its training, with and without network, until it is unlocked', async ({
  page,
  demo,
  expectedErrors,
}) => {
  expectedErrors.push(...EXPECTED);
  const training = await code(page, demo.url);
  const network = await Network.to(demo.url);
  const list = `${network.url}/join/${training}`;
  await page.goto(list);
  await quick(page);
  await keeps(page, training);
  await page.getByRole('link', { name: 'What this device keeps' }).click();
  await expect(page.getByRole('button', { name: 'Forget this training' })).toBeVisible();
  await page.getByRole('link', { name: 'Back to the list' }).click();

  const lock = async (pin: string) => {
    await page.getByRole('link', { name: 'Lock this tablet' }).click();
    await page.getByLabel('PIN').fill(pin);
    await page.getByRole('button', { name: 'Lock', exact: true }).click();
  };
  await lock('12');
  await expect(page.locator('#pin-error')).toHaveText(text('en', 'lock-pin-invalid'));
  await page.getByLabel('PIN').fill('4711');
  await page.getByRole('button', { name: 'Lock', exact: true }).click();
  await expect(page).toHaveURL(list);
  await expect(page.getByText(/This tablet is locked to this training · Device \w{3}/)).toBeVisible();
  await expect(page.getByRole('contentinfo').getByText('Locked', { exact: true })).toBeVisible();
  await looked(page, 'a locked list');

  const stays = async () => {
    for (const path of ['/join', '/sign-in', '/join/AAAACCCC']) {
      await page.goto(`${network.url}${path}`);
      await expect(page, path).toHaveURL(list);
    }
    await page.goto(list);
    await quick(page);
    await page.locator('h1').tap();
    for (let steps = 0; steps < 2; steps++) {
      await page.evaluate(() => history.back());
      await expect(page).toHaveURL(list);
    }
  };
  await test.step('with network', stays);
  await test.step('without network', async () => {
    await page.evaluate(() => navigator.serviceWorker.ready.then((all) => all.active?.postMessage({ kind: 'hello' })));
    network.change('refuses');
    await stays();
    await expect(page.locator('main[data-offline]')).toBeVisible();
    await expect(page.getByText('Unlocking needs the network')).toBeVisible();
    await expect(page.getByRole('contentinfo').getByText('Locked', { exact: true })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Unlock' })).toHaveCount(0);
    await page.goto(`${list}/device`);
    await expect(page.getByRole('heading', { name: 'What this device keeps' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Forget this training' })).toHaveCount(0);
    network.change('carries');
    await page.goto(list);
    await expect(page.locator('main.join-main:not([data-offline])')).toBeVisible({ timeout: 30_000 });
  });

  await test.step('unlocked with the PIN', async () => {
    await page.getByRole('link', { name: 'Unlock' }).click();
    await page.getByLabel('PIN').fill('1234');
    await page.getByRole('button', { name: 'Unlock' }).click();
    await expect(page.locator('#pin-error')).toHaveText('That is not the PIN of this tablet.');
    await looked(page, 'unlocking');
    await page.getByLabel('PIN').fill('4711');
    await page.getByRole('button', { name: 'Unlock' }).click();
    await expect(page.getByRole('link', { name: 'Lock this tablet' })).toBeVisible();
    await page.goto(`${network.url}/join`);
    await expect(page).toHaveURL(`${network.url}/join`);
    await page.goto(list);
  });

  await test.step('unlocked by the trainer, who has not got it', async () => {
    await lock('4711');
    await expect(page.getByRole('link', { name: 'Unlock' })).toBeVisible();
    const other = await device(page, { viewport: { width: 1440, height: 900 } });
    await signIn(other.page, demo.url, 'admin@demo.test', DEMO_PASSWORD);
    await openConsole(other.page, `${demo.url}/trainings?phase=running`);
    await other.page.getByRole('main').getByRole('link', { name: TODAY }).first().click();
    await other.page.getByRole('tab', { name: /Participants/ }).click();
    const card = other.page.getByRole('region', { name: 'Devices in the room' });
    await expect(card.getByText(/locked today at/)).toBeVisible();
    await expectAccessible(other.page, 'devices in the room');
    await card.getByRole('button', { name: /Unlock device/ }).click();
    await expect(card.getByText(/locked today at/)).toHaveCount(0);
    await page.reload();
    await expect(page.getByRole('link', { name: 'Lock this tablet' })).toBeVisible();
    await openConsole(other.page, `${demo.url}/settings/history`);
    for (const line of ['was locked to this training', 'was unlocked with its PIN', /released device \w{3} from its lock/]) {
      await expect(other.page.getByText(line).first()).toBeVisible();
    }
    await other.context.close();
  });
  network.close();
});
