// Attendance: the grid in two browsers, by mouse, keyboard and touch; a signature drawn, and one typed without scripts; the sheets.

import type { Locator, Page } from '@playwright/test';
import { DEMO_PASSWORD, expect, test } from '../support/world';
import { open, signIn } from '../support/console';
import { codesOf, fillForm, quick } from '../support/join';

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
