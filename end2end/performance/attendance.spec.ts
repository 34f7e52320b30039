// The grid of attendance with 300 people and ten half-days, in a browser whose processor is four times slower than this one: figures for
// docs/performance.md. Nothing is asserted as time; what is printed is measured.

import type { Page } from '@playwright/test';
import { ADMINISTRATOR, type Server, expect, test } from '../support/world';
import { createTraining, hydrated, signIn } from '../support/console';
import type { Person } from '../support/people';
import { FIRST, LAST, print } from './figures';

const PEOPLE = 300;
const HALF_DAYS = 10;
const SLOWER = 4;
const DAY = 86_400_000;

test('the grid of attendance on a slow machine', async ({ page, server }) => {
  test.setTimeout(600_000);
  const people = Array.from({ length: PEOPLE }, (_, n): Person => ({
    last_name: `${LAST[n % LAST.length]}-${Math.floor(n / 10)}`,
    first_name: FIRST[n % FIRST.length],
    email: `u${n}@speed.test`,
  }));
  await server.importUsers(people);
  await signIn(page, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);
  await createTraining(page, 'Everyone');
  await everybodyComes(server);
  const address = page.url().replace('/invitations', '/attendance');
  const browser = await page.context().newCDPSession(page);
  await browser.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });

  const opened: number[] = [];
  const tab: number[] = [];
  for (let turn = 0; turn < 4; turn++) {
    await page.goto(address);
    await hydrated(page);
    opened.push(await page.evaluate(() => performance.now()));
    await page.getByRole('tab', { name: 'Documents' }).click();
    await expect(page.locator('.attendance-grid')).toHaveCount(0);
    tab.push(await opening(page));
  }
  print('The page of the grid until it reacts', opened, 'ms');
  print('The tab *Attendance* until the grid is on screen', tab, 'ms');
  await expect(page.locator('.attendance-grid td')).toHaveCount(PEOPLE * HALF_DAYS);

  await watch(page);
  await page.locator('.attendance-grid td').first().focus();
  for (let n = 0; n < 60; n++) {
    await page.keyboard.press(['p', 'a', 'e'][n % 3]);
    await page.waitForTimeout(60);
    await page.keyboard.press('ArrowDown');
    await page.waitForTimeout(60);
  }
  const { marks, moves } = await page.evaluate(() => {
    const { marks, moves } = window as unknown as { marks: number[]; moves: number[] };
    return { marks: [...marks], moves: [...moves] };
  });
  print('A mark by key until it is on screen', marks, 'ms');
  print('The next cell by key until it has the focus', moves, 'ms');
  print('A frame while scrolling', await scrolling(page), 'ms');
});

/** Everybody has confirmed, and the training is on: four days ago to today. */
async function everybodyComes(server: Server): Promise<void> {
  const today = Math.floor(Date.now() / DAY) * DAY;
  await server.sql(
    `UPDATE trainings SET starts_at = ${today - 4 * DAY + 8 * 3_600_000}, ends_at = ${today + 16 * 3_600_000}, days_taught = NULL`,
  );
  await server.sql(
    `INSERT INTO invitations (id, organisation_id, training_id, user_id, state, confirmed_by, chosen_at, chosen_version, answered_at, state_changed_at) ` +
      `SELECT randomblob(16), u.organisation_id, t.id, u.id, 'confirmed', 'link', ${today}, t.version, ${today}, ${today} ` +
      `FROM users u, trainings t WHERE u.email LIKE '%@speed.test'`,
  );
}

/** How long from pressing the tab until its grid was drawn. */
async function opening(page: Page): Promise<number> {
  const wait = page.evaluate(
    (cells) =>
      new Promise<number>((resolve) => {
        let begin = 0;
        document.addEventListener('click', (event) => (begin = event.timeStamp), { capture: true, once: true });
        new MutationObserver((_, watch) => {
          if (document.querySelectorAll('.attendance-grid td').length < cells) return;
          watch.disconnect();
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - begin)));
        }).observe(document.body, { childList: true, subtree: true });
      }),
    PEOPLE * HALF_DAYS,
  );
  await page.getByRole('tab', { name: 'Attendance' }).click();
  return wait;
}

/** Notes how long each key took until what it does was on screen. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const marks: number[] = [];
    const moves: number[] = [];
    Object.assign(window, { marks, moves });
    const drawn = (times: number[], begin: number) =>
      requestAnimationFrame(() => requestAnimationFrame(() => times.push(performance.now() - begin)));
    document.addEventListener(
      'keydown',
      (event) => {
        const begin = event.timeStamp;
        const cell = document.activeElement!;
        if (event.key.startsWith('Arrow')) {
          document.addEventListener('focusin', () => drawn(moves, begin), { once: true });
          return;
        }
        new MutationObserver((_, watch) => {
          watch.disconnect();
          drawn(marks, begin);
        }).observe(cell, { childList: true, characterData: true, subtree: true, attributes: true });
      },
      { capture: true },
    );
  });
}

/** Scrolls through all rows; how long each frame took, in milliseconds. */
async function scrolling(page: Page): Promise<number[]> {
  await page.locator('.attendance-scroll').hover();
  await page.evaluate(() => {
    const frames: number[] = [];
    let last = performance.now();
    const next = (now: number) => {
      frames.push(now - last);
      last = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
    Object.assign(window, { frames });
  });
  for (let turn = 0; turn < 100; turn++) await page.mouse.wheel(0, 120);
  return page.evaluate(() => (window as unknown as { frames: number[] }).frames.slice(1));
}
