// The pages behind a training code: on a phone, on a shared tablet, by keyboard, and with JavaScript off.

import { DEMO_PASSWORD, expect, test } from '../support/world';
import { codesOf, fillForm, kept, names, quick } from '../support/join';
import { press, type } from '../support/keyboard';

/** The one that runs today, and one to come. */
const TODAY = 'Lean Management: Basics';
const TO_COME = 'Fire Safety — Level 2';
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const TABLET = { viewport: { width: 1180, height: 820 }, hasTouch: true };

async function code(page: import('@playwright/test').Page, url: string, title: string): Promise<string> {
  const found = (await codesOf(page, url, 'admin@demo.test', DEMO_PASSWORD)).get(title);
  if (!found) throw new Error(`${title} is not offered with a code`);
  return found;
}

test.describe('on a phone', () => {
  test.use(PHONE);

  test('a code is typed, the form filled in, and the space is there', async ({ page, demo }) => {
    const training = await code(page, demo.url, TO_COME);
    await page.goto(`${demo.url}/join`);
    await page.getByLabel('Training code').fill(`${training.slice(0, 4)}-${training.slice(4)}`.toLowerCase());
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByRole('heading', { level: 1, name: TO_COME })).toBeVisible();
    await page.getByRole('link', { name: 'Register', exact: true }).click();
    await quick(page);

    await test.step('what is missing is said at the field, before anything is sent', async () => {
      await page.getByRole('button', { name: 'Register' }).click();
      await expect(page.getByLabel('First name')).toBeFocused();
      await expect(page.locator('#first_name-error')).toHaveText('Please fill this in.');
      await page.getByLabel('First name').fill('Zoé');
      await expect(page.locator('#first_name-error')).toBeHidden();
    });
    await fillForm(page, 'Zoé', 'Zimmer-Öztürk', 'zoe@phone.test');
    let posts = 0;
    page.on('request', (request) => (posts += Number(request.method() === 'POST')));
    await page.getByRole('button', { name: 'Register' }).dblclick();
    await expect(page.getByRole('heading', { level: 1, name: TO_COME })).toBeVisible();
    await expect(page).toHaveURL(`${demo.url}/space`);
    expect(posts, 'pressed twice, sent once').toBe(1);
    await expect(page.getByRole('heading', { name: 'Zoé Zimmer-Öztürk' })).toBeVisible();
    await expect(page.getByText('zoe@phone.test')).toBeVisible();

    await page.goto(`${demo.url}/join/${training}`);
    await expect(names(page).filter({ hasText: 'Zoé Zimmer-Öztürk' })).toHaveCount(1);
    await quick(page);
    for (const typed of ['oeztuerk', 'ZIMMER zoe', 'ozturk']) {
      await page.getByLabel('Find your name').fill(typed);
      await expect(names(page).filter({ visible: true }).filter({ hasText: 'Zimmer' })).toHaveCount(1);
    }
    await page.getByLabel('Find your name').fill('nobody-has-this-name');
    await expect(page.getByRole('heading', { name: 'No name matches' })).toBeVisible();
    await page.getByRole('button', { name: 'Show everyone' }).click();
    await expect(page.getByLabel('Find your name')).toHaveValue('');
    await expect(page.getByLabel('Find your name')).toBeFocused();
    await expect(names(page).filter({ visible: true })).not.toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Search' })).toBeVisible();
  });
});

test.describe('on a shared tablet', () => {
  test.use(TABLET);

  test('after Next person nothing of the previous one is left', async ({ page, demo, expectedErrors }) => {
    // The page that says that nobody is in a space answers so.
    expectedErrors.push(/status of 401/);
    const training = await code(page, demo.url, TODAY);
    const list = `${demo.url}/join/${training}`;
    await page.goto(list);
    await page.getByRole('link', { name: 'Register', exact: true }).click();
    await quick(page);
    await fillForm(page, 'Xenia', 'Unmistakable', 'xenia@unmistakable.test');
    await page.getByRole('button', { name: 'Register' }).click();
    await expect(page.getByRole('heading', { name: 'Xenia Unmistakable' })).toBeVisible();
    await page.getByRole('button', { name: 'Next person' }).click();
    await expect(page).toHaveURL(list);
    // In the list there is the name, as there is everybody's.
    await expect(names(page).filter({ hasText: 'Xenia Unmistakable' })).toHaveCount(1);
    expect(await kept(page)).not.toContain('unmistakable.test');
    const cookies = (await page.context().cookies()).map((cookie) => cookie.name);
    expect(cookies.filter((name) => name.includes('space'))).toEqual([]);
    for (let steps = 0; steps < 4; steps++) {
      if (!(await page.goBack().catch(() => null))) continue;
      const all = await kept(page);
      expect(all, page.url()).not.toContain('unmistakable.test');
      if (!page.url().startsWith(list)) expect(all, page.url()).not.toContain('Unmistakable');
    }
  });

  test('somebody arrives, and it goes back to the list by itself', async ({ page, demo }) => {
    const training = await code(page, demo.url, TODAY);
    await page.clock.install();
    await page.goto(`${demo.url}/join/${training}`);
    const first = names(page).first();
    const name = (await first.getAttribute('aria-label')) ?? '';
    await first.click();
    await expect(page.getByRole('heading', { name })).toBeVisible();
    await page.getByRole('button', { name: 'I am here' }).click();
    await expect(page.getByText(/You are here since \d\d:\d\d/)).toBeVisible();
    await quick(page);
    await page.clock.fastForward(45_000);
    await expect(page.locator('#idle')).toContainText('Touch it to stay');
    await page.clock.fastForward(8_000);
    await expect(page.locator('#idle-count')).toContainText(/in \d s/);
    await page.clock.fastForward(8_000);
    await expect(page).toHaveURL(`${demo.url}/join/${training}`);
    await expect(page.getByRole('button', { name, exact: true }).first()).toHaveAccessibleDescription(/signed in at/);
  });
});

test.describe('with JavaScript off', () => {
  test.use({ ...PHONE, javaScriptEnabled: false });

  test('everything works by ordinary forms', async ({ page, demo, expectedErrors }) => {
    expectedErrors.push(/status of 4\d\d/);
    const training = await code(page, demo.url, TODAY);
    await page.goto(`${demo.url}/join`);
    await page.getByLabel('Training code').fill('K7PM-4XRD');
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByRole('alert')).toContainText('does not open a training');
    await expect(page.getByLabel('Training code')).toHaveValue('K7PM4XRD');
    await page.getByLabel('Training code').fill(training);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('link', { name: 'Register', exact: true }).click();
    await page.getByLabel('First name').fill('Yann');
    await page.getByRole('button', { name: 'Register' }).click();
    await expect(page.getByRole('alert')).toContainText('need your attention');
    await expect(page.getByLabel('First name')).toHaveValue('Yann');
    await fillForm(page, 'Yann', 'Lenoir', 'yann@nojs.test');
    await page.getByRole('button', { name: 'Register' }).click();
    await expect(page.getByRole('heading', { name: 'Yann Lenoir' })).toBeVisible();
    await page.getByRole('button', { name: 'That is not me' }).click();
    await page.getByLabel('Find your name').fill('lenoir');
    await page.getByRole('button', { name: 'Search' }).click();
    await expect(names(page)).toHaveCount(1);
    await names(page).first().click();
    await expect(page.getByRole('heading', { name: 'Yann Lenoir' })).toBeVisible();
    await page.getByRole('button', { name: 'Next person' }).click();
    await expect(page.getByRole('list', { name: 'Registered trainees' })).toBeVisible();
  });
});

test('by keyboard alone', async ({ page, demo }) => {
  const training = await code(page, demo.url, TODAY);
  await page.goto(`${demo.url}/join`);
  await type(page, page.getByLabel('Training code'), training);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: TODAY })).toBeVisible();
  await quick(page);
  const first = names(page).first();
  const name = (await first.getAttribute('aria-label')) ?? '';
  await type(page, page.getByLabel('Find your name'), name);
  await page.keyboard.press('Enter');
  await expect(first).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name })).toBeVisible();
  await press(page, page.getByRole('button', { name: 'Next person' }));
  await expect(page.getByRole('list', { name: 'Registered trainees' })).toBeVisible();
});
