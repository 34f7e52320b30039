// The tablet at the door: what it does without network, and what becomes of it when the network is back.

import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectAccessible } from '../support/axe';
import { everything, isStale, keeps, queue } from '../support/device';
import { signIn } from '../support/console';
import { codesOf, fillForm, names, quick } from '../support/join';
import { Network } from '../support/network';
import { text } from '../support/texts';
import { DEMO_PASSWORD, expect, test } from '../support/world';

/** The one that runs today. */
const TODAY = 'Lean Management: Basics';
const TABLET = { viewport: { width: 1180, height: 820 }, hasTouch: true };
const SAVED_HERE = 'Saved on this tablet. It is sent when the network is back.';
/** What the browser logs when a network is cut or a page is left while it still loads, and the page that says that nobody is in a space. */
const CUT = [/net::ERR_/, /status of 401/, /Failed to load resource/, /Failed to fetch dynamically imported module/, /\/join: Failed to fetch$/];

test.use(TABLET);

async function code(page: Page, url: string): Promise<string> {
  const found = (await codesOf(page, url, 'admin@demo.test', DEMO_PASSWORD)).get(TODAY);
  if (!found) throw new Error(`${TODAY} is not offered with a code`);
  return found;
}

/** Opens a training's list, and waits until the device keeps it. */
async function open(page: Page, network: Network, training: string): Promise<string> {
  const list = `${network.url}/join/${training}`;
  await page.goto(list);
  await quick(page);
  await keeps(page, training);
  return list;
}

async function register(page: Page, first: string, last: string, email: string): Promise<void> {
  await page.getByRole('link', { name: 'Register', exact: true }).click();
  await expect(page.getByLabel('First name')).toBeVisible();
  await quick(page);
  await fillForm(page, first, last, email);
  await page.getByRole('button', { name: 'Register' }).click();
  await expect(page.getByRole('heading', { name: `${first} ${last}` })).toBeVisible();
}

/** The public list as anybody with network reads it. */
async function listed(page: Page, url: string, training: string): Promise<string> {
  return (await page.request.get(`${url}/join/${training}`)).text();
}

const count = (text: string, part: string) => text.split(part).length - 1;

for (const weather of ['refuses', 'silent'] as const) {
  test(`somebody registers and arrives while the network ${weather === 'silent' ? 'never answers' : 'is cut'}`, async ({
    page,
    demo,
    expectedErrors,
  }) => {
    expectedErrors.push(...CUT);
    const training = await code(page, demo.url);
    const network = await Network.to(demo.url);
    const list = await open(page, network, training);
    const before = await names(page).count();
    network.change(weather);

    await test.step('the list on the screen says so by itself', async () => {
      await expect(page.locator('#device')).toContainText('Offline', { timeout: 40_000 });
    });
    const began = Date.now();
    await register(page, 'Xenia', 'Unmistakable', 'xenia@unmistakable.test');
    expect(Date.now() - began, 'nobody waits for a network that is not there').toBeLessThan(20_000);
    await expect(page).toHaveURL(`${list}/here`);
    await expect(page.getByText(SAVED_HERE)).toBeVisible();
    await page.getByRole('button', { name: 'I am here' }).click();
    await expect(page.getByText(/You are here since \d\d:\d\d. Saved on this tablet/)).toBeVisible();
    await page.getByRole('button', { name: 'Next person' }).click();
    await expect(page).toHaveURL(list);
    const waiting = names(page).filter({ hasText: 'Xenia Unmistakable' });
    await expect(waiting).toHaveAccessibleDescription('waiting to be sent');
    await expect(names(page)).toHaveCount(before + 1);
    await expect(page.locator('#device')).toHaveText('Offline – 2 entries will be sent when the network is back');
    expect(await queue(page)).toEqual({ waiting: 2 });

    await test.step('nothing of the previous person is left but the name in the list', async () => {
      for (let steps = 0; steps < 4; steps++) {
        const all = await everything(page);
        expect(all, page.url()).not.toContain('unmistakable.test');
        if (page.url() !== list) expect(all, page.url()).not.toContain('Unmistakable');
        if (!(await page.goBack().catch(() => null))) break;
      }
      await page.goto(list);
      const outside = (await everything(page)).replace(await page.content(), '');
      expect(outside).not.toContain('Xenia');
      expect(outside).not.toContain('can be read');
    });

    await test.step('somebody of the list arrives, too', async () => {
      const person = names(page).filter({ hasText: 'tap to enter' }).first();
      const name = (await person.getAttribute('aria-label')) ?? '';
      await person.click();
      await expect(page.getByRole('heading', { name })).toBeVisible();
      await page.getByRole('button', { name: 'I am here' }).click();
      await expect(page.getByText(/You are here since/)).toBeVisible();
      await page.getByRole('button', { name: 'That is not me' }).click();
      await expect(page).toHaveURL(list);
    });

    network.change('carries');
    // One registered, one entered, and both are here.
    await expect.poll(() => queue(page), { timeout: 60_000 }).toEqual({ saved: 4 });
    await expect(page.locator('main.join-main:not([data-offline])')).toBeVisible({ timeout: 30_000 });
    await expect(names(page).filter({ hasText: 'Xenia Unmistakable' })).toHaveCount(1);
    await expect(page.locator('#device')).toBeHidden();
    const all = await listed(page, demo.url, training);
    expect(count(all, 'Xenia Unmistakable</span>')).toBe(1);

    await page.goto(`${list}/device`);
    await expect(page.getByRole('list', { name: 'Entries of this device' }).getByRole('listitem')).toHaveCount(4);
    await page.getByRole('button', { name: 'Forget this training' }).click();
    await expect(page).toHaveURL(`${network.url}/join`);
    const rest = await everything(page);
    for (const word of ['Xenia', 'unmistakable', training]) expect(rest).not.toContain(word);
    network.close();
  });
}

test('ten tablets with two hundred registrations come back in any order', async ({ page, demo, browser, expectedErrors }) => {
  test.setTimeout(900_000);
  expectedErrors.push(...CUT);
  const training = await code(page, demo.url);
  const before = count(await listed(page, demo.url, training), 'class="join-name"');
  const tablets: { context: BrowserContext; page: Page; network: Network }[] = [];
  for (let n = 0; n < 10; n++) {
    const context = await browser.newContext(TABLET);
    const tablet = { context, page: await context.newPage(), network: await Network.to(demo.url) };
    await open(tablet.page, tablet.network, training);
    tablet.network.change('refuses');
    tablets.push(tablet);
  }
  for (let n = 0; n < 200; n++) {
    const tablet = tablets[n % 10];
    await quickly(tablet.page, `${tablet.network.url}/join/${training}`, `Number${String(n).padStart(3, '0')}`, n);
    expect(await tablet.page.locator('.device-state').textContent()).toContain('Waiting');
  }
  for (const tablet of tablets) expect(await queue(tablet.page)).toEqual({ waiting: 20 });

  for (const n of [7, 2, 9, 0, 4, 6, 1, 8, 3, 5]) {
    const tablet = tablets[n];
    await tablet.page.goto(`${tablet.network.url}/join/${training}`);
    tablet.network.change('carries');
    // Two are back at a time.
    if (n % 2 === 0) await expect.poll(() => queue(tablet.page), { timeout: 120_000 }).toEqual({ saved: 20 });
  }
  for (const tablet of tablets) {
    await expect.poll(() => queue(tablet.page), { timeout: 120_000 }).toEqual({ saved: 20 });
    await tablet.page.goto(`${tablet.network.url}/join/${training}/device`);
    await expect(tablet.page.locator('.device-entry')).toHaveCount(20);
  }

  const all = await listed(page, demo.url, training);
  expect(count(all, 'class="join-name"'), 'none lost, none twice').toBe(before + 200);
  for (let n = 0; n < 200; n++) {
    const name = `Number${String(n).padStart(3, '0')} Person`;
    expect(count(all, `>${name}</span>`), name).toBe(1);
  }
  await test.step('each device tells the truth', async () => {
    for (const [n, tablet] of tablets.entries()) {
      for (const row of await tablet.page.locator('.device-entry').allTextContents()) {
        const name = /Number\d{3} Person/.exec(row)?.[0] ?? '';
        const onWaitingList = new RegExp(`>${name}</span>\\s*<span[^>]*join-note-waiting`).test(all);
        const truth = onWaitingList ? 'All seats are taken. When one is free and it is your turn' : 'Your place is confirmed.';
        expect(row, `tablet ${n}, ${name}`).toContain(truth);
      }
    }
  });
  await test.step('the waiting list goes by the time of registration', async () => {
    const api = page.context().request;
    const signedIn = await api.post(`${demo.url}/sign-in`, {
      form: { identifier: 'admin@demo.test', password: DEMO_PASSWORD },
      headers: { Origin: demo.url },
    });
    expect(signedIn.ok()).toBe(true);
    const running = await (await api.get(`${demo.url}/trainings?phase=running`)).text();
    let waiting: string[] = [];
    for (const path of new Set(running.match(/\/trainings\/[0-9a-f-]{36}(?=")/g))) {
      const answer = await api.post(`${demo.url}/api/invitation_rows`, {
        headers: { Origin: demo.url },
        data: {
          query: { training_id: path.split('/')[2], state: 'waiting', find: '' },
          range: { offset: 0, limit: 200 },
        },
      });
      const rows = ((await answer.json()) as { rows: { first_name: string }[] }).rows.map((row) => row.first_name);
      if (rows.some((name) => name.startsWith('Number'))) waiting = rows.filter((name) => name.startsWith('Number'));
    }
    expect(waiting.length).toBeGreaterThan(150);
    expect(waiting).toEqual([...waiting].sort());
  });
  for (const tablet of tablets) {
    tablet.network.close();
    await tablet.context.close();
  }
});

/** Registers by the form, without pauses between the keys. */
async function quickly(page: Page, list: string, first: string, n: number): Promise<void> {
  await page.goto(`${list}/register`);
  await quick(page);
  await Promise.all([
    page.waitForURL(`${list}/here`),
    page.evaluate(
      ([name, address]) => {
        const set = (selector: string, value: string) => {
          const input = document.querySelector<HTMLInputElement>(selector);
          if (input) input.value = value;
        };
        set('[name=first_name]', name);
        set('[name=last_name]', 'Person');
        set('[data-kind=email] input', address);
        document.querySelectorAll<HTMLInputElement>('[data-kind=tick_box] input').forEach((box) => (box.checked = true));
        document.querySelector<HTMLFormElement>('#register-form')?.requestSubmit();
      },
      [first, `n${n}@ten.test`],
    ),
  ]);
}

test('the queue outlives reloads, a second tab and the end of the browser', async ({ page, demo }) => {
  const training = await code(page, demo.url);
  const network = await Network.to(demo.url);
  const folder = mkdtempSync(join(tmpdir(), 'convoke-tablet-'));
  const start = () =>
    chromium.launchPersistentContext(folder, {
      ...TABLET,
      locale: 'en-GB',
      timezoneId: 'Europe/Paris',
      executablePath: process.env.CONVOKE_CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
  // The page may be loading itself anew, too: it follows its device.
  const anew = (page: Page) => expect(async () => void (await page.reload())).toPass();
  let context = await start();
  try {
    let tablet = await context.newPage();
    const list = await open(tablet, network, training);
    network.change('refuses');
    await register(tablet, 'Ute', 'Unplugged', 'ute@unplugged.test');
    await anew(tablet);
    await expect(tablet.getByText(SAVED_HERE)).toBeVisible();
    await context.close();

    context = await start();
    tablet = await context.newPage();
    // Where the app begins leads to the training that was opened last.
    await tablet.goto(`${network.url}/join`);
    await expect(tablet).toHaveURL(list);
    await expect(names(tablet).filter({ hasText: 'Ute Unplugged' })).toHaveAccessibleDescription('waiting to be sent');
    const second = await context.newPage();
    await second.goto(list);
    await register(second, 'Vera', 'Voltage', 'vera@voltage.test');
    expect(await queue(tablet)).toEqual({ waiting: 2 });
    network.change('carries');
    // Both want to send.
    await Promise.all([anew(tablet), anew(second)]);
    await expect.poll(() => queue(tablet), { timeout: 60_000 }).toEqual({ saved: 2 });
    await context.close();
    const all = await listed(page, demo.url, training);
    for (const name of ['Ute Unplugged', 'Vera Voltage']) expect(count(all, `${name}</span>`), name).toBe(1);
  } finally {
    network.close();
    await context.close();
    // Processes of the browser may be writing still.
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
});

test('what needs attention says why, and is corrected where it was typed', async ({ page, demo, expectedErrors }) => {
  expectedErrors.push(...CUT, /status of 422/);
  const training = await code(page, demo.url);
  const network = await Network.to(demo.url);
  const list = await open(page, network, training);
  network.change('refuses');
  await page.goto(`${list}/register`);
  await quick(page);
  await fillForm(page, 'Wanda', 'Wrong', 'wanda@wrong.test');
  // Only the server knows the tables of numbers.
  await page.getByLabel('Mobile').fill('+33 12 34 56');
  await page.getByRole('button', { name: 'Register' }).click();
  await expect(page.getByText(SAVED_HERE)).toBeVisible();
  await page.getByRole('button', { name: 'I am here' }).click();
  await expect(page.getByText(/You are here since/)).toBeVisible();
  await page.getByRole('button', { name: 'Next person' }).click();
  network.change('carries');
  // Nobody is there whose registration is not.
  await expect.poll(() => queue(page), { timeout: 60_000 }).toEqual({ attention: 1, waiting: 1 });
  await expect(page.locator('#device')).toHaveText('1 entry needs attention', { timeout: 30_000 });
  await page.locator('#device').click();
  await expect(page.locator('.device-entry').last()).toContainText('Mobile – This is not a mobile number.');
  await page.getByRole('button', { name: 'Correct it' }).click();
  await expect(page.getByLabel('First name')).toHaveValue('Wanda');
  await expect(page.getByLabel('Mobile')).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('Mobile').fill('+33 6 12 34 56 78');
  await page.getByRole('button', { name: 'Register' }).click();
  await expect(page.getByRole('heading', { name: 'Wanda Wrong' })).toBeVisible();
  await expect(page).toHaveURL(`${network.url}/space`);
  await page.goto(list);
  await expect.poll(() => queue(page), { timeout: 60_000 }).toEqual({ saved: 1 });
  const all = await listed(page, demo.url, training);
  expect(/Wanda Wrong<\/span>\s*<span[^>]*join-note-present/.test(all)).toBe(true);
  network.close();
});

test('a space of the server that loses the network is left all the same', async ({ page, demo, expectedErrors }) => {
  expectedErrors.push(...CUT);
  const training = await code(page, demo.url);
  const network = await Network.to(demo.url);
  const list = await open(page, network, training);
  await register(page, 'Ida', 'Inside', 'ida@inside.test');
  await expect(page).toHaveURL(`${network.url}/space`);
  network.change('refuses');
  await page.getByRole('button', { name: 'I am here' }).click();
  await expect(page.getByText(/You are here since/)).toBeVisible();
  await page.getByRole('button', { name: 'Next person' }).click();
  await expect(page).toHaveURL(list);
  network.change('carries');
  await expect.poll(() => queue(page), { timeout: 60_000 }).toEqual({ saved: 1 });
  // The cookie of the space went before anything else.
  await page.goto(`${network.url}/space`);
  await expect(page.getByText('Ida Inside')).toHaveCount(0);
  const cookies = (await page.context().cookies()).map((cookie) => cookie.name);
  expect(cookies.filter((name) => name.includes('space'))).toEqual([]);
  const all = await listed(page, demo.url, training);
  expect(/Ida Inside<\/span>\s*<span[^>]*join-note-present/.test(all)).toBe(true);
  network.close();
});

test('a form of another site does nothing on the device', async ({ page, demo, expectedErrors }) => {
  expectedErrors.push(...CUT, /status of 4\d\d/);
  const training = await code(page, demo.url);
  const network = await Network.to(demo.url);
  const list = await open(page, network, training);
  network.change('refuses');
  await register(page, 'Cora', 'Crossed', 'cora@crossed.test');
  for (const weather of ['carries', 'refuses'] as const) {
    network.change('refuses');
    await page.goto('about:blank');
    await page.route('http://elsewhere.localhost/', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<form method="post" action="${list}/device/forget"><input name="sure" value="yes"><button>Win</button></form>`,
      }),
    );
    await page.goto('http://elsewhere.localhost/');
    network.change(weather);
    await page.getByRole('button', { name: 'Win' }).click();
    await page.waitForTimeout(1_000);
  }
  network.change('refuses');
  await page.goto(list);
  const kept = await queue(page);
  expect((kept.waiting ?? 0) + (kept.saved ?? 0), 'it is there still').toBe(1);
  network.close();
});

test('an entry that an earlier release wrote is sent', async ({ page, demo, expectedErrors }) => {
  expectedErrors.push(...CUT);
  const training = await code(page, demo.url);
  const network = await Network.to(demo.url);
  const list = await open(page, network, training);
  network.change('refuses');
  await register(page, 'Olga', 'Old', 'olga@old.test');
  // The row as the first release laid it down: rewritten with what that one knew, and nothing else.
  await page.evaluate(async (training) => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('convoke-device');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const key = await done(database.transaction('keys').objectStore('keys').get(`queue ${training}`));
    const [row] = await done(database.transaction('queue').objectStore('queue').getAll());
    const bytes = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: row.iv }, key, row.data);
    const { body, name, at } = JSON.parse(new TextDecoder().decode(bytes));
    const old = { name, at, body: { format: 1, id: body.id, kind: 'register', at, ticket: body.ticket, version: 1, posted: body.posted } };
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(JSON.stringify(old)));
    const { number, id, code, state, until } = row;
    await done(database.transaction('queue', 'readwrite').objectStore('queue').put({ number, id, code, state, until, iv, data }));
    database.close();
  }, training);
  await page.getByRole('button', { name: 'Next person' }).click();
  await expect(page).toHaveURL(list);
  network.change('carries');
  await expect.poll(() => queue(page), { timeout: 60_000 }).toEqual({ saved: 1 });
  expect(count(await listed(page, demo.url, training), 'Olga Old</span>')).toBe(1);
  network.close();
});

test('both languages are there without network, and what was chosen stays when it is back', async ({ page, demo, expectedErrors }) => {
  expectedErrors.push(...CUT);
  const training = await code(page, demo.url);
  const network = await Network.to(demo.url);
  const list = await open(page, network, training);
  const listedBefore = await names(page).count();
  const fr = (key: string) => text('fr', key);
  const spoken = page.locator('html');
  const french = page.getByRole('link', { name: 'Français' });
  const english = page.getByRole('link', { name: 'English' });
  network.change('refuses');

  await page.goto(list);
  await french.click();
  await expect(spoken).toHaveAttribute('lang', 'fr');
  await expect(page.getByRole('list', { name: fr('join-list') }).getByRole('button')).toHaveCount(listedBefore);
  await english.click();
  await expect(spoken).toHaveAttribute('lang', 'en');
  await expect(names(page)).toHaveCount(listedBefore);
  await page.getByRole('link', { name: 'Register', exact: true }).click();
  await french.click();
  await quick(page);
  for (const [key, name] of [['first', 'Zoé'], ['last', 'Bilingue']] as const) {
    await page.getByRole('textbox', { name: fr(`join-form-${key}-name`), exact: true }).fill(name);
  }
  await page.locator('[data-kind=email] input').fill('zoe@bilingue.test');
  for (const box of await page.locator('[data-kind=tick_box] input').all()) await box.check();
  await page.getByRole('button', { name: fr('join-register') }).click();
  await expect(page.getByText(fr('offline-saved-here'))).toBeVisible();
  await english.click();
  await expect(page.getByText(SAVED_HERE)).toBeVisible();
  await french.click();
  await expect(page.getByText(fr('offline-saved-here'))).toBeVisible();
  await page.getByRole('button', { name: fr('space-next') }).click();
  await expect(page.locator('#device')).toHaveText(fr('offline-badge-one'));

  network.change('carries');
  await expect.poll(() => queue(page), { timeout: 60_000 }).toEqual({ saved: 1 });
  await expect(page.locator('main.join-main:not([data-offline])')).toBeVisible({ timeout: 30_000 });
  await expect(spoken, 'the server was told which').toHaveAttribute('lang', 'fr');
  await page.goto(`${list}/device`);
  await expect(page.getByText(fr('space-confirmed-more'))).toBeVisible();
  await english.click();
  await expect(page.getByText(text('en', 'space-confirmed-more'))).toBeVisible();
  network.close();
});

/** Chooses what tapping a name asks for, and what the history says then, as an administrator. */
async function administer(page: Page, url: string): Promise<{ askForDigits(): Promise<void>; history(): Promise<string> }> {
  const { request } = (await page.context().browser()!.newContext());
  const headers = { Origin: url };
  await request.post(`${url}/sign-in`, { form: { identifier: 'admin@demo.test', password: DEMO_PASSWORD }, headers });
  return {
    async askForDigits() {
      const running = await (await request.get(`${url}/trainings?phase=running`)).text();
      for (const path of new Set(running.match(/\/trainings\/[0-9a-f-]{36}(?=")/g))) {
        const training = path.split('/')[2];
        const { settings } = await (await request.post(`${url}/api/registration`, { headers, data: { training } })).json();
        if (!settings.offered) continue;
        const saved = await request.post(`${url}/api/save_registration`, {
          headers,
          data: { training, settings: { ...settings, proof: 'mobile_digits' } },
        });
        expect(saved.ok()).toBe(true);
      }
    },
    async history() {
      const data = { filter: { text: '', area: null, from: '', until: '' }, range: { offset: 0, limit: 50 } };
      return (await request.post(`${url}/api/history`, { headers, data })).text();
    },
  };
}

test('a proof that is typed without network is looked at afterwards', async ({ page, demo, expectedErrors }) => {
  expectedErrors.push(...CUT);
  const training = await code(page, demo.url);
  const administrator = await administer(page, demo.url);
  await administrator.askForDigits();
  const network = await Network.to(demo.url);
  const list = `${network.url}/join/${training}`;
  const registers = async (first: string, digits: string) => {
    await page.goto(`${list}/register`);
    await quick(page);
    await fillForm(page, first, 'Proven', `${first}@proven.test`);
    await page.getByLabel('Mobile').fill(`+33 6 39 98 ${digits}`);
    await page.getByRole('button', { name: 'Register' }).click();
    await expect(page.getByRole('heading', { name: `${first} Proven` })).toBeVisible();
  };
  await registers('Petra', '56 78');
  await page.getByRole('button', { name: 'Next person' }).click();
  await open(page, network, training);
  const petra = names(page).filter({ hasText: 'Petra Proven' });
  const someoneElse = names(page).filter({ hasText: 'tap to enter', hasNotText: 'Proven' }).first();
  await test.step('whoever was let in and lost the network is there', async () => {
    await registers('Rosa', '12 34');
    await expect(page).toHaveURL(`${network.url}/space`);
    network.change('refuses');
    await page.getByRole('button', { name: 'I am here' }).click();
    await expect(page.getByText(/You are here since/)).toBeVisible();
    await page.getByRole('button', { name: 'Next person' }).click();
  });
  await expect(page.locator('main[data-offline]')).toBeVisible();
  const type = async (digits: string) => {
    await petra.click();
    await page.getByLabel('Last four digits of your mobile').fill(digits);
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByRole('heading', { name: 'Petra Proven' })).toBeVisible();
  };

  await test.step('nobody enters without typing something', async () => {
    await petra.click();
    await expect(page.getByText(/There is no network: they are checked when it is back/)).toBeVisible();
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page).toHaveURL(/\/proof\//);
    for (const [language, colorScheme] of [['fr', 'dark'], ['en', 'light']] as const) {
      await page.emulateMedia({ colorScheme });
      await page.goto(`${page.url().split('?')[0]}?language=${language}`);
      await expectAccessible(page, `a proof without network, ${language}`);
    }
    await page.getByRole('link', { name: 'Back to the list' }).click();
  });
  await type('1111');
  await expect(page.getByText(/What you typed is checked when it is back/)).toBeVisible();
  await expectAccessible(page, 'a space whose proof is not looked at yet');
  await page.getByRole('button', { name: 'I am here' }).click();
  await expect(page.getByText(/You are here since/)).toBeVisible();
  await page.getByRole('button', { name: 'Next person' }).click();
  // They have noticed.
  await type('5678');
  await page.getByRole('button', { name: 'Next person' }).click();
  await test.step('whoever says that it is not them has not entered', async () => {
    await someoneElse.click();
    await page.getByLabel('Last four digits of your mobile').fill('0000');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'That is not me' }).click();
    await expect(page).toHaveURL(list);
  });
  expect(await queue(page)).toEqual({ waiting: 4 });

  network.change('carries');
  await expect.poll(() => queue(page), { timeout: 60_000 }).toEqual({ saved: 3, attention: 1 });
  await page.goto(`${list}/device`);
  const wrong = page.locator('.device-entry').filter({ hasText: 'The proof that was typed did not fit.' });
  await expect(wrong).toContainText('Petra Proven');
  await expectAccessible(page, 'a proof that did not fit');
  await wrong.getByRole('button', { name: 'Delete it' }).click();
  await expect.poll(() => queue(page)).toEqual({ saved: 3 });
  await page.goto(list);
  for (const first of ['Petra', 'Rosa']) {
    await expect(names(page).filter({ hasText: `${first} Proven` })).toHaveAccessibleDescription(/^signed in at/);
  }
  expect(await administrator.history()).toMatch(/entered the training space on device \w{3}, without network/);
  network.close();
});

test('the browser’s own switch counts as no network', async ({ page, demo, expectedErrors }) => {
  expectedErrors.push(...CUT);
  const training = await code(page, demo.url);
  const network = await Network.to(demo.url);
  const list = await open(page, network, training);
  expect((await page.goto(list))?.fromServiceWorker()).toBe(true);
  const elsewhere = await page.goto(`${network.url}/sign-in`);
  expect(elsewhere?.fromServiceWorker(), 'other pages are the browser’s business').toBe(false);
  await page.goto(list);
  await page.context().setOffline(true);
  await page.goto(list);
  await expect(page.locator('main[data-offline]')).toBeVisible();
  await register(page, 'Fay', 'Flight', 'fay@flight.test');
  await expect(page.getByText(SAVED_HERE)).toBeVisible();
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Next person' }).click();
  await expect.poll(() => queue(page), { timeout: 60_000 }).toEqual({ saved: 1 });
  network.close();
});

test('the browser offers to install it, and finds nothing wrong', async ({ page, demo }) => {
  const inConsole = () => signIn(page, demo.url, 'admin@demo.test', DEMO_PASSWORD);
  const join = async () => {
    await page.goto(`${demo.url}/join`);
    await quick(page);
  };
  for (const [go, id] of [
    [join, '/join'],
    [inConsole, '/'],
  ] as const) {
    await go();
    const browser = await page.context().newCDPSession(page);
    const { installabilityErrors } = await browser.send('Page.getInstallabilityErrors');
    // A browser without a profile, as tests have it, installs nothing.
    expect(installabilityErrors.filter((error) => error.errorId !== 'in-incognito')).toEqual([]);
    const { errors, data } = await browser.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    const manifest = JSON.parse(data ?? '{}');
    expect(manifest.id).toBe(id);
    for (const picture of [...manifest.icons, ...(manifest.screenshots ?? [])]) {
      const answer = await page.request.get(`${demo.url}${picture.src}`);
      expect(answer.headers()['content-type'], picture.src).toBe('image/png');
      // Width and height stand in the first chunk of a PNG.
      const bytes = await answer.body();
      expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, picture.src).toBe(picture.sizes);
    }
  }
});

test('installing is offered in place, and put away for good', async ({ page, demo }) => {
  const training = await code(page, demo.url);
  // The event as Chromium makes it; a browser under test installs nothing, so it never does.
  await page.addInitScript(() => {
    addEventListener('DOMContentLoaded', () => {
      const offer = new Event('beforeinstallprompt', { cancelable: true });
      const prompt = () => Promise.resolve(Object.assign(window, { asked: true }));
      dispatchEvent(Object.assign(offer, { prompt }));
    });
  });
  const asked = () => page.evaluate(() => (window as unknown as { asked?: boolean }).asked ?? false);
  const offer = page.locator('#install');
  await page.goto(`${demo.url}/join/${training}/register`);
  await quick(page);
  await expect(offer, 'nothing stands in the way of registering').toHaveCount(0);
  await fillForm(page, 'Iris', 'Installs', 'iris@installs.test');
  await page.getByRole('button', { name: 'Register' }).click();
  await expect(page.getByRole('heading', { name: 'Iris Installs' })).toBeVisible();
  await quick(page);
  await expect(offer).toContainText('opens like an application');
  await expectAccessible(page, 'space with the offer to install');
  await page.goto(`${demo.url}/join/${training}`);
  await quick(page);
  await expect(offer).toBeVisible();
  await expectAccessible(page, 'list with the offer to install');
  await page.getByRole('button', { name: 'Install on this device' }).click();
  expect(await asked()).toBe(true);
  await expect(offer).toBeHidden();
  await page.reload();
  await quick(page);
  await page.getByRole('button', { name: 'Not now' }).click();
  await expect(offer).toBeHidden();
  await page.reload();
  await quick(page);
  await expect(offer).toBeHidden();
  await page.goto(`${demo.url}/join`);
  await quick(page);
  await expect(offer, 'whoever sets a tablet up finds it').toBeVisible();

  await test.step('in the console, in the menu of the account', async () => {
    await signIn(page, demo.url, 'admin@demo.test', DEMO_PASSWORD);
    await page.getByRole('button', { name: /^Your account/ }).click();
    // What it covers for as long as it is open is covered.
    await expectAccessible(page, 'menu with the offer to install', '#account-menu');
    await page.getByRole('button', { name: 'Install Convoke' }).click();
    expect(await asked()).toBe(true);
    await expect(page.getByRole('button', { name: 'Install Convoke' })).toHaveCount(0);
    const workers = await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);
    expect(workers, 'that of the training code, and none of the console').toBe(1);
  });
});

test('what an earlier release left in the cache goes, what is kept stays', async ({ page, demo, expectedErrors }) => {
  // The page loads itself anew when the network is back, perhaps while it is opened.
  expectedErrors.push(...CUT, /ServiceWorker/, /fetching the script/);
  const training = await code(page, demo.url);
  const network = await Network.to(demo.url);
  const list = await open(page, network, training);
  network.change('refuses');
  await register(page, 'Paul', 'Patient', 'paul@patient.test');
  await page.getByRole('button', { name: 'Next person' }).click();
  await expect(page).toHaveURL(list);
  network.change('carries');
  // A new release: another service worker takes over from the one that is there.
  await page.evaluate(async () => {
    await (await caches.open('convoke-0')).put('/pkg/old.js', new Response('old'));
    const registration = await navigator.serviceWorker.getRegistration();
    await registration?.unregister();
  });
  await expect(async () => void (await page.goto(list))).toPass();
  await keeps(page, training);
  await expect.poll(() => page.evaluate(() => caches.keys())).toEqual(['convoke-1']);
  await expect.poll(() => queue(page), { timeout: 60_000 }).toEqual({ saved: 1 });
  expect(count(await listed(page, demo.url, training), 'Paul Patient</span>')).toBe(1);
  network.close();
});

test('the network falls silent while a new worker takes over: pages do not wait for what it fetches', async ({ page, demo, expectedErrors }) => {
  expectedErrors.push(...CUT, /ServiceWorker/);
  const training = await code(page, demo.url);
  const network = await Network.to(demo.url);
  const list = await open(page, network, training);
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.unregister());
  await page.goto(`${demo.url}/healthz`);
  let isSilent = false;
  await page.exposeFunction('fallSilent', () => {
    network.change('silent');
    isSilent = true;
  });
  await page.addInitScript(() => {
    void navigator.serviceWorker.getRegistration().then(async (there) => {
      const registration = there ?? (await navigator.serviceWorker.register('/sw.js'));
      const worker = registration.installing;
      worker?.addEventListener('statechange', () => {
        if (worker.state === 'activating') (window as unknown as { fallSilent(): void }).fallSilent();
      });
    });
  });
  await page.goto(list);
  await expect.poll(() => isSilent, { timeout: 60_000 }).toBe(true);
  const began = Date.now();
  await page.goto(`${list}/register`);
  await expect(page.getByLabel('First name')).toBeVisible();
  expect(Date.now() - began, 'nobody waits for a worker that waits').toBeLessThan(20_000);
  await expect(page.getByText('There is no network. Your registration is saved on this device')).toBeVisible();

  await test.step('what it wanted to fetch is fetched when the network is back', async () => {
    expect(await isStale(page)).toBe(true);
    network.change('carries');
    await page.goto(list);
    await expect.poll(() => isStale(page), { timeout: 60_000 }).toBe(false);
  });
  network.close();
});

for (const language of ['en', 'fr'] as const) {
  test.describe(language, () => {
    test.use({ locale: language === 'fr' ? 'fr-FR' : 'en-GB' });

    test('axe finds nothing on the pages without network', async ({ page, demo, expectedErrors }) => {
      expectedErrors.push(...CUT);
      const training = await code(page, demo.url);
      const network = await Network.to(demo.url);
      const list = await open(page, network, training);
      const look = async (what: string) => {
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          await expectAccessible(page, `${what}, ${language}, ${colorScheme}`);
        }
      };
      network.change('refuses');
      await quickly(page, list, 'Axelle', 1);
      await look('space');
      await page.locator('.space-here button').click();
      await expect(page.locator('.space-present')).toBeVisible();
      await look('space, there');
      await page.goto(list);
      await look('list');
      await page.goto(`${list}/register`);
      await look('form');
      await page.goto(`${list}/device`);
      await look('device');
      await page.goto(`${network.url}/join/AAAA2222`);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(language === 'fr' ? 'Pas de réseau' : 'No network');
      await look('nothing kept');
      network.close();
    });
  });
}
