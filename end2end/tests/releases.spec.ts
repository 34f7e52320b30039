// A new release comes while devices and pages are in use: what is installed goes on working with its queue, and pages that are open say that there is a
// new version, with one button.

import { rmSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import { open as openConsole, signIn } from '../support/console';
import { keeps, queue } from '../support/device';
import { codesOf, fillForm, names, quick } from '../support/join';
import { Network } from '../support/network';
import { type Release, release, replaceIn } from '../support/releases';
import { DEMO_PASSWORD, type Server, expect, newServer, test } from '../support/world';

/** The one that runs today. */
const TODAY = 'Lean Management: Basics';
/** What the browser logs while the server is away. */
const AWAY = [/net::ERR_/, /status of 50\d/, /Failed to load resource/, /Failed to fetch/];

/** Before and after: other names of all files, another worker whose cache has another name. */
const before = release('old');
const after = release('new', (folder) => {
  replaceIn(folder, 'sw.js', 'importScripts(', '// A new release.\nimportScripts(');
  replaceIn(folder, 'sw/keeping.js', "'convoke-1'", "'convoke-2'");
});

test.afterAll(() => {
  for (const { folder } of [before, after]) rmSync(folder, { recursive: true, force: true });
});

async function code(page: Page, url: string): Promise<string> {
  const found = (await codesOf(page, url, 'admin@demo.test', DEMO_PASSWORD)).get(TODAY);
  if (!found) throw new Error(`${TODAY} is not offered with a code`);
  return found;
}

/** The files of the build that lie in the browser's caches, by cache. */
async function cached(page: Page): Promise<Record<string, string[]>> {
  return page.evaluate(async () => {
    const all: Record<string, string[]> = {};
    for (const name of await caches.keys()) {
      const requests = await (await caches.open(name)).keys();
      const paths = requests.map((request) => new URL(request.url).pathname);
      all[name] = paths.filter((path) => path.startsWith('/pkg/')).map((path) => path.slice(5)).sort();
    }
    return all;
  });
}

const ofPublicPages = ({ files }: Release) => files.filter((file) => !file.startsWith('convoke.')).sort();
const build = (page: Page) => page.locator('meta[name=build]').getAttribute('content');

test.describe('with a release', () => {
  let server: Server;
  test.beforeEach(async ({ testbed, database, expectedErrors }) => {
    expectedErrors.push(...AWAY);
    server = await newServer(testbed, database, { CONVOKE_SITE_ROOT: before.folder });
    await server.start('--demo');
  });
  test.afterEach(async () => {
    await server.stop();
    server.remove();
  });

  test('a tablet that was without network meanwhile sends its queue once, and goes on with the new one', async ({ page }) => {
    await page.setViewportSize({ width: 1180, height: 820 });
    const training = await code(page, server.url);
    const network = await Network.to(server.url);
    const list = `${network.url}/join/${training}`;
    await page.goto(list);
    await quick(page);
    await keeps(page, training);
    expect(await build(page)).toBe(before.build);
    expect(await cached(page), 'by hashed names only').toEqual({ 'convoke-1': ofPublicPages(before) });

    network.change('refuses');
    await page.getByRole('link', { name: 'Register', exact: true }).click();
    await quick(page);
    await fillForm(page, 'Rosa', 'Release', 'rosa@release.test');
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByRole('button', { name: 'I am here' }).click();
    await expect(page.getByText(/You are here since/)).toBeVisible();
    await page.getByRole('button', { name: 'Next person' }).click();
    await expect(page).toHaveURL(list);
    expect(await queue(page)).toEqual({ waiting: 2 });

    await server.upgrade(after.folder);
    // Still without network, and with the old files: nothing of it is asked for.
    await page.reload();
    await expect(names(page).filter({ hasText: 'Rosa Release' })).toHaveAccessibleDescription('waiting to be sent');
    await quick(page);

    network.change('carries');
    await expect.poll(() => queue(page), { timeout: 60_000 }).toEqual({ saved: 2 });
    await expect(page.locator('main.join-main:not([data-offline])')).toBeVisible({ timeout: 30_000 });
    await expect.poll(() => build(page)).toBe(after.build);
    const all = await (await page.request.get(`${server.url}/join/${training}`)).text();
    expect(all.split('Rosa Release</span>').length - 1, 'in the list once').toBe(1);
    await expect
      .poll(() => cached(page), { timeout: 60_000, message: 'the new worker took over, what is old is gone' })
      .toEqual({ 'convoke-2': ofPublicPages(after) });

    await test.step('without network again, it has the pages and files of the new release', async () => {
      network.change('refuses');
      await page.goto(list);
      await expect(page.locator('main.join-main[data-offline]')).toBeVisible();
      expect(await build(page)).toBe(after.build);
      await quick(page);
      const font = await page.locator('h1').evaluate((h1) => getComputedStyle(h1).fontFamily);
      expect(font, 'it has its style').toContain('Inter');
      await expect(names(page).filter({ hasText: 'Rosa Release' })).toHaveCount(1);
    });
    network.close();
  });

  test('open pages say so, and load nothing by themselves', async ({ page, another }) => {
    const training = await code(page, server.url);
    const list = await another({ locale: 'fr-FR' });
    await list.goto(`${server.url}/join/${training}`);
    await quick(list);
    await keeps(list, training);
    const french = await another();
    await signIn(french, server.url, 'authorised@demo.test', DEMO_PASSWORD);
    await french.locator('[popovertarget=account-menu]').click();
    await french.locator('#account-menu button[lang=fr]').click();
    await expect(french.locator('html')).toHaveAttribute('lang', 'fr');
    await signIn(page, server.url, 'admin@demo.test', DEMO_PASSWORD);
    for (const open of [page, french]) {
      await openConsole(open, `${server.url}/trainings/new`);
      await open.locator('#title').fill('Half a title');
    }

    await server.upgrade(after.folder);
    await test.step('a call that the new server does not have leads to it', async () => {
      await page.route('**/api/save_training', (route) => route.continue({ url: `${server.url}/api/save_of_an_earlier_release` }));
      await page.getByLabel('Start', { exact: true }).fill('2031-03-10T09:00');
      await page.getByLabel('End', { exact: true }).fill('2031-03-11T17:00');
      await page.getByRole('button', { name: 'Create training' }).click();
      const alert = page.getByRole('alert');
      await expect(alert).toContainText('This page is of an earlier version of Convoke, and nothing was changed.');
      await expect(alert.getByRole('button', { name: 'Reload' })).toBeVisible();
    });
    for (const open of [french, list]) await open.evaluate(() => dispatchEvent(new Event('online')));

    for (const [open, words, reload] of [
      [page, 'A new version of Convoke is there. Finish what you are typing, then reload the page.', 'Reload'],
      [french, 'Une nouvelle version de Convoke est disponible. Terminez votre saisie, puis rechargez la page.', 'Recharger'],
      [list, 'Une nouvelle version est disponible. Ce qui est en attente sur cet appareil y reste.', 'Recharger'],
    ] as const) {
      const notice = open.locator('.new-version');
      await expect(notice).toBeVisible({ timeout: 40_000 });
      await expect(notice.locator('p')).toHaveText(words);
      if (open !== list) {
        await expect(open.locator('p[aria-live=polite]').first()).toHaveText(words);
        await expect(open.locator('#title')).toHaveValue('Half a title');
      }
      expect(await build(open), 'nothing was loaded anew').toBe(before.build);
      for (const colorScheme of ['light', 'dark'] as const) {
        await open.emulateMedia({ colorScheme });
        await expectAccessible(open, `new version, ${new URL(open.url()).pathname}, ${colorScheme}`);
      }
      await notice.getByRole('button', { name: reload }).focus();
      await open.keyboard.press('Enter');
      await expect.poll(() => build(open).catch(() => ''), { timeout: 30_000 }).toBe(after.build);
      await expect(notice).toBeHidden();
    }
  });
});
