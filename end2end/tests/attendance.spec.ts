// Attendance: the grid in two browsers, by mouse, keyboard and touch, without network too; a signature drawn, and one typed without scripts; the sheets.

import type { Locator, Page } from '@playwright/test';
import { DEMO_PASSWORD, expect, test } from '../support/world';
import { expectAccessible } from '../support/axe';
import { hydrated, open, signIn } from '../support/console';
import { codesOf, fillForm, quick } from '../support/join';
import { Network } from '../support/network';

/** The one that runs today. */
const TODAY = 'Lean Management: Basics';

/** Opens the grid of the training that runs today; gives its address. */
async function grid(page: Page, url: string): Promise<string> {
  await open(page, `${url}/trainings?phase=running`);
  await page.getByRole('main').getByRole('link', { name: TODAY }).first().click();
  await page.getByRole('tab', { name: 'Attendance' }).click();
  await expect(page.getByRole('grid')).toBeVisible();
  return page.url();
}

/** The column that is on. */
async function now(page: Page): Promise<number> {
  return page.locator('.attendance-grid thead th').evaluateAll((heads) => heads.findIndex((head) => head.classList.contains('is-now')) - 1);
}

function cell(page: Page, row: number, column: number): Locator {
  return page.locator('.attendance-grid tbody tr').nth(row).locator('td').nth(column);
}

test('a mark is in every browser, and the keyboard is enough', async ({ page, demo, another }) => {
  await signIn(page, demo.url, 'admin@demo.test', DEMO_PASSWORD);
  const address = await grid(page, demo.url);
  const trainer = await another();
  await signIn(trainer, demo.url, 'admin@demo.test', DEMO_PASSWORD);
  await open(trainer, `${address}?view=trainer`);
  const column = await now(page);

  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  for (const row of [0, 1, 2]) await cell(page, row, column).click();
  await page.getByRole('button', { name: 'Present', exact: true }).click();
  await cell(page, 0, column).click();
  await expect(cell(page, 0, column)).toContainText('Present');
  await expect(cell(trainer, 0, column)).toContainText('Present');
  // The time comes from the server.
  await expect(cell(page, 0, column)).toContainText(/\d\d:\d\d/);

  await cell(page, 0, column).press('ArrowDown');
  await expect(cell(page, 1, column)).toBeFocused();
  await page.keyboard.press('a');
  await expect(cell(trainer, 1, column)).toContainText('Absent');
  await expect(cell(page, 1, column)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('e');
  await expect(cell(trainer, 2, column)).toContainText('Excused');
  // Quicker than the line: the last one counts.
  for (const key of ['p', 'a', 'e', 'p']) await page.keyboard.press(key);
  await expect(cell(trainer, 2, column)).toContainText('Present');
  await page.keyboard.press('Delete');
  await expect(cell(trainer, 2, column)).toHaveText(/^–\s*$/);

  // The same again takes it back, from the other browser.
  await cell(trainer, 0, column).click();
  await expect(cell(page, 0, column)).toHaveText(/^–\s*$/);
  await trainer.getByRole('button', { name: /^All others present/ }).nth(column).click();
  await trainer.getByRole('dialog').getByRole('button', { name: /^Mark \d+ (person|people)$/ }).click();
  await expect(trainer.getByText(/people marked as present/).first()).toBeVisible();
  await expect(cell(page, 0, column)).toContainText('Present');
  await expect(cell(page, 1, column)).toContainText('Absent');

  const sheet = await page.request.get(address.replace(/\/trainings\/([^/]+)\/.*/, '/api/trainings/$1/attendance.pdf'));
  expect(sheet.status()).toBe(200);
  expect(sheet.headers()['content-type']).toBe('application/pdf');
  expect((await sheet.body()).subarray(0, 5).toString()).toBe('%PDF-');
  const own = await page.locator('.attendance-own').first().getAttribute('href');
  const one = await page.request.get(new URL(own ?? '', demo.url).href);
  expect(one.headers()['content-disposition']).toContain('inline');
});

test.describe('on a tablet', () => {
  test.use({ viewport: { width: 1180, height: 820 }, hasTouch: true });

  test('whoever says I am here signs', async ({ page, demo, another, expectedErrors }) => {
    // What was not signed is said with 422.
    expectedErrors.push(/status of 422/);
    const admin = await another();
    await signIn(admin, demo.url, 'admin@demo.test', DEMO_PASSWORD);
    await open(admin, `${demo.url}/settings`);
    await admin.getByRole('switch', { name: /^Ask for a signature/ }).click();
    await admin.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(admin.getByText('The settings are saved.').first()).toBeVisible();
    await grid(admin, demo.url);
    const column = await now(admin);
    const code = (await codesOf(page, demo.url, 'admin@demo.test', DEMO_PASSWORD)).get(TODAY);

    await page.goto(`${demo.url}/join/${code}/register`);
    await fillForm(page, 'Sigrid', 'Signer', 'sigrid@sign.test');
    await page.getByRole('button', { name: 'Register' }).click();
    await quick(page);
    const here = page.getByRole('button', { name: 'I am here' });
    await here.click();
    await expect(page.getByText('Please sign in the field, or type your name below it.')).toBeVisible();
    const field = page.locator('.sign-canvas');
    const box = await field.boundingBox();
    if (!box) throw new Error('no field to sign in');
    const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
    await page.mouse.move(...at(0.1, 0.8));
    await page.mouse.down();
    for (let n = 1; n <= 10; n += 1) await page.mouse.move(...at(0.1 + n * 0.07, n % 2 ? 0.2 : 0.8));
    await page.mouse.up();
    await expect(page.locator('[name=signature]')).toHaveValue(/^\d+,\d+( -?\d+,-?\d+)+$/);
    await page.getByRole('button', { name: 'Start again' }).click();
    await expect(page.locator('[name=signature]')).toHaveValue('');
    await page.mouse.move(...at(0.2, 0.5));
    await page.mouse.down();
    await page.mouse.move(...at(0.8, 0.4), { steps: 8 });
    await page.mouse.up();
    await here.click();
    await expect(page.locator('.space-present')).toBeVisible();
    await expect(here).toHaveCount(0);
    const row = admin.locator('.attendance-grid tbody tr').filter({ hasText: 'Sigrid Signer' });
    await expect(row.locator('td').nth(column)).toContainText('signed');
    // Whoever registered has not shown whose the address is: there is no sheet for them.
    await expect(page.getByRole('link', { name: 'My attendance sheet (PDF)' })).toHaveCount(0);
  });

  test.describe('without scripts', () => {
    test.use({ javaScriptEnabled: false });

    test('a name is typed instead', async ({ page, demo, another, expectedErrors }) => {
      expectedErrors.push(/status of 422/);
      const admin = await another();
      const signedIn = await admin.request.post(`${demo.url}/sign-in`, {
        form: { identifier: 'admin@demo.test', password: DEMO_PASSWORD },
        headers: { Origin: demo.url },
      });
      expect(signedIn.ok()).toBe(true);
      const saved = await admin.request.post(`${demo.url}/api/save_settings`, {
        data: JSON.stringify({
          settings: {
            name: 'Acme',
            sender_name: '',
            reply_to: '',
            login_codes: true,
            trainers_add_people: true,
            send_delay: 0,
            firm_recent: false,
            firm_often: false,
            sign_presence: true,
            retention: { people_days: null, directory: false, text_days: null },
            link_days: 180,
          },
        }),
        headers: { 'Content-Type': 'application/json', Origin: demo.url },
      });
      expect(saved.status()).toBe(200);
      const code = (await codesOf(page, demo.url, 'admin@demo.test', DEMO_PASSWORD)).get(TODAY);
      await page.goto(`${demo.url}/join/${code}/register`);
      await fillForm(page, 'Theo', 'Typer', 'theo@sign.test');
      await page.getByRole('button', { name: 'Register' }).click();
      await expect(page.locator('.sign-canvas')).toBeHidden();
      await page.getByRole('button', { name: 'I am here' }).click();
      await expect(page.locator('#sign-error')).toHaveText('Please sign in the field, or type your name below it.');
      await page.getByLabel('Your name, in place of a signature').fill('Theo Typer');
      await page.getByRole('button', { name: 'I am here' }).click();
      await expect(page.locator('.space-present')).toBeVisible();
    });
  });
});

test.describe('without network', () => {
  /** What the browser logs when a network is cut. */
  const CUT = [/net::ERR_/, /Failed to load resource/, /status of 401/, /status of 409/, /EventSource/];

  /** What the browser keeps. */
  const kept = (page: Page) => page.evaluate(() => Object.entries({ ...localStorage }).filter(([key]) => key.startsWith('convoke-mark/')));

  test('marks wait, survive the tab, are sent once each, and the last word counts', async ({ page, demo, another, context, expectedErrors }) => {
    expectedErrors.push(...CUT);
    const network = await Network.to(demo.url);
    await signIn(page, network.url, 'admin@demo.test', DEMO_PASSWORD);
    const address = await grid(page, network.url);
    const colleague = await another();
    await signIn(colleague, demo.url, 'admin@demo.test', DEMO_PASSWORD);
    const direct = address.replace(network.url, demo.url);
    await open(colleague, direct);
    // A second tab of the same person: both would send.
    const beside = await context.newPage();
    await open(beside, address);
    const column = await now(page);
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    for (const row of [0, 1, 2]) await cell(page, row, column).click();
    for (const row of [0, 1, 2]) await expect(cell(colleague, row, column)).toHaveText(/^–\s*$/);
    const lines = async () => Number(await demo.sql("SELECT COUNT(*) FROM history WHERE event LIKE 'presence.%'"));
    const before = await lines();

    network.change('refuses');
    await cell(page, 0, column).focus();
    for (const key of ['p', 'ArrowDown', 'a', 'ArrowDown', 'e']) await page.keyboard.press(key);
    for (const row of [0, 1, 2]) await expect(cell(page, row, column)).toContainText('waiting');
    await expect(page.getByText('3 marks of attendance wait for the network.')).toBeVisible();
    await expect(cell(beside, 2, column)).toContainText('Excused');
    await expectAccessible(page, 'marks that wait', 'main');
    // Nothing of anybody lies on the device: ids and marks.
    const name = (await page.locator('.attendance-name').first().textContent()) ?? '';
    expect(await kept(page)).toHaveLength(3);
    // A short word may stand in an id by chance: the *de* of a name is hexadecimal.
    const words = name.split(' ').filter((word) => /[^0-9a-f]/i.test(word));
    expect(words).not.toEqual([]);
    for (const word of words) expect(JSON.stringify(await kept(page))).not.toContain(word);
    // Leaving asks: the page cannot be opened again.
    await page.getByRole('navigation').getByRole('link', { name: 'Trainings' }).first().click();
    await page.getByRole('dialog', { name: 'Leave without network?' }).getByRole('button', { name: 'Stay here' }).click();

    // Meanwhile a colleague says something else of one of them, and the same of another.
    await cell(colleague, 1, column).focus();
    for (const key of ['p', 'ArrowDown', 'e']) await colleague.keyboard.press(key);
    await expect(cell(colleague, 1, column)).toContainText(/\d\d:\d\d/);
    // The tab is gone, as by a crash.
    await page.close();
    network.change('carries');
    const again = await context.newPage();
    await open(again, address);
    await expect(cell(again, 0, column)).toContainText('Present');
    await expect(cell(colleague, 0, column)).toContainText('Present');
    await expect(cell(colleague, 1, column)).toContainText('Present');
    await expect(cell(again, 1, column)).toContainText('needs attention');
    const attention = again.getByRole('alert').filter({ hasText: 'needs your attention' });
    await expect(attention).toContainText('You: Absent. Now: Present.');
    await expectAccessible(again, 'a mark that needs attention', 'main');
    // The tab that stayed open has heard of it, too.
    await expect(cell(beside, 1, column)).toContainText('needs attention');
    expect(await lines()).toBe(before + 3);
    await attention.getByRole('button', { name: 'Set all the same: Absent' }).click();
    await expect(attention).toHaveCount(0);
    await expect(cell(colleague, 1, column)).toContainText('Absent');
    expect(await kept(again)).toEqual([]);
    expect(await lines()).toBe(before + 4);
    network.close();
  });

  test('a network that never answers, and somebody who was signed out meanwhile', async ({ page, demo, expectedErrors }) => {
    expectedErrors.push(...CUT);
    const network = await Network.to(demo.url);
    await signIn(page, network.url, 'admin@demo.test', DEMO_PASSWORD);
    const address = await grid(page, network.url);
    const column = await now(page);
    await cell(page, 0, column).focus();
    await page.keyboard.press('Delete');
    await expect.poll(() => kept(page)).toEqual([]);

    network.change('silent');
    await page.keyboard.press('e');
    await expect(cell(page, 0, column)).toContainText('waiting');
    // Nobody takes a word for all others: it is said of each of them here.
    await page.getByRole('button', { name: /^All others present/ }).nth(column).click();
    const others = page.getByRole('dialog', { name: 'Are all others present?' });
    await expectAccessible(page, 'asking whether all others are present', 'dialog[open]');
    await others.getByRole('button', { name: /^Mark \d+ people$/ }).click();
    await expect(cell(page, 5, column)).toContainText('waiting');
    await expect(cell(page, 5, column)).toContainText('Present');
    // Signing out would lose it: it is asked first.
    await page.locator('.side-person').click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    const asked = page.getByRole('dialog', { name: 'Sign out and lose marks?' });
    await expectAccessible(page, 'signing out with marks that wait', 'dialog[open]');
    await asked.getByRole('button', { name: 'Stay here' }).click();
    network.change('carries');
    await expect(page.getByText(/\d+ marks? that waited (is|are) saved\./).first()).toBeVisible({ timeout: 30_000 });
    await expect(cell(page, 0, column)).toContainText('Excused');
    await expect(cell(page, 5, column)).toContainText(/Present\s*\d\d:\d\d/);

    // On the participants' page, and signed out meanwhile.
    await page.goto(address.replace('/attendance', '/participants'));
    await hydrated(page);
    const there = page.locator('.trainee').first().getByRole('button');
    const was = await there.getAttribute('aria-pressed');
    const is = was === 'true' ? 'false' : 'true';
    await demo.sql('DELETE FROM sessions');
    await there.click();
    await expect(there).toHaveAttribute('aria-pressed', is);
    await expect(page.getByText('It is sent once you have signed in again.')).toBeVisible();
    await page.getByRole('link', { name: 'Sign in' }).first().click();
    await page.getByLabel('E-mail or mobile').fill('admin@demo.test');
    await page.getByLabel('Password').fill(DEMO_PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await hydrated(page);
    await expect.poll(() => kept(page)).toEqual([]);
    await expect(page.locator('.trainee').first().getByRole('button')).toHaveAttribute('aria-pressed', is);
    // Nothing waits: signing out asks nothing.
    await page.locator('.side-person').click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page.getByLabel('Password')).toBeVisible();
    network.close();
  });
});
