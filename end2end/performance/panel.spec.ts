// The selection panel over 100,000 people, in a browser whose processor is four times slower than this one: figures for docs/performance.md.
// Nothing is asserted as time; what is printed is measured.

import type { Page } from '@playwright/test';
import { ADMINISTRATOR, expect, test } from '../support/world';
import { createTraining, signIn } from '../support/console';
import { Panel } from '../support/panel';
import type { Person } from '../support/people';
import { FIRST, LAST, print } from './figures';

const PEOPLE = 100_000;
const SLOWER = 4;
/** How often everybody is added: of fewer, nineteen of twenty would be all. */
const ADDS = 40;
/** How long a mouse button is held down, in milliseconds. */
const HELD = 80;

test('the panel on a slow machine', async ({ page, server }) => {
  test.setTimeout(600_000);
  const people = Array.from({ length: PEOPLE }, (_, n): Person => ({
    last_name: `${LAST[n % LAST.length]}-${Math.floor(n / 1000)}`,
    first_name: FIRST[n % FIRST.length],
    email: `u${n}@speed.test`,
    employee_id: `L${n}`,
    groups: [`Group ${n % 20}`, ...(n % 10 === 0 ? ['Ten thousand'] : [])],
  }));
  await server.importUsers(people);
  await signIn(page, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);
  await createTraining(page, 'Everyone');
  const panel = await Panel.open(page);
  await panel.expectUsers(PEOPLE + 1);
  const browser = await page.context().newCDPSession(page);
  await browser.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });

  print('A fixed piece of work in that browser, to compare machines by', await calibration(page), 'ms');
  const keys = await typing(page, panel);
  print('A key press until its people are on screen', keys, 'ms');

  await panel.search.fill('');
  await panel.expectUsers(PEOPLE + 1);
  const frames = await dragging(page, panel);
  print('A frame while dragging 500 selected rows', frames, 'ms');
  const seconds = frames.reduce((sum, frame) => sum + frame, 0) / 1000;
  console.log(`| Frames per second while dragging 500 selected rows | ${(frames.length / seconds).toFixed(0)} |`);

  await panel.toggleGroup('Ten thousand');
  await panel.expectUsers(PEOPLE / 10);
  const all = await addingAll(page, panel);
  print('Add all of 10,000 until the panel shows it', all, 'ms');
});

/** How long the same arithmetic takes each time: what the other figures are to be read by, as machines and their days differ. */
async function calibration(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const times: number[] = [];
    for (let turn = 0; turn < 40; turn++) {
      const begin = performance.now();
      let hash = 0x811c9dc5;
      for (let n = 0; n < 2_000_000; n++) hash = Math.imul(hash ^ (n & 255), 0x01000193);
      times.push(performance.now() - begin);
      Object.assign(window, { hash });
    }
    return times;
  });
}

/** Types names letter by letter, as somebody does who reads what comes; how long each letter waited for its people, in milliseconds. */
async function typing(page: Page, panel: Panel): Promise<number[]> {
  await page.evaluate(() => {
    const list = document.querySelector('.panel-users .panel-list')!;
    const waits: number[] = [];
    Object.assign(window, { waits });
    document.addEventListener(
      'input',
      (event) => {
        const begin = event.timeStamp;
        const answered = () =>
          // The frame after the one in which the rows were drawn has them on screen.
          requestAnimationFrame(() => requestAnimationFrame(() => waits.push(performance.now() - begin)));
        let busy = false;
        const watch = new MutationObserver(() => {
          const now = list.getAttribute('aria-busy') === 'true';
          if (busy && !now) {
            watch.disconnect();
            answered();
          }
          busy ||= now;
        });
        watch.observe(list, { attributes: true, attributeFilter: ['aria-busy'] });
      },
      { capture: true },
    );
  });
  for (const name of ['mueller-7', 'anna girard', 'oztur', 'uma patel-12', 'u4711@', 'wandaa', 'horvath-3 zoe']) {
    await panel.search.fill('');
    await page.waitForTimeout(400);
    for (const letter of name) {
      await page.keyboard.press(letter === ' ' ? 'Space' : letter);
      await page.waitForTimeout(220);
    }
  }
  return page.evaluate(() => (window as unknown as { waits: number[] }).waits);
}

/** Selects 500 rows and drags them about over both columns; how long each frame took, in milliseconds. */
async function dragging(page: Page, panel: Panel): Promise<number[]> {
  await panel.users.getByRole('option').nth(0).click();
  await panel.users.evaluate((list) => {
    const row = list.querySelector('[role=option]')!.getBoundingClientRect().height;
    let scrolled: Element = list;
    while (getComputedStyle(scrolled).overflowY !== 'auto') scrolled = scrolled.parentElement!;
    scrolled.scrollTop = row * 490;
  });
  const last = panel.users.locator('[aria-posinset="500"]');
  await expect(last.locator('.person-name')).toContainText(/\S/);
  await last.click({ modifiers: ['Shift'] });
  const from = (await last.boundingBox())!;
  const onto = (await panel.participants.boundingBox())!;
  await page.mouse.move(from.x + 80, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(from.x + 120, from.y + 10, { steps: 4 });
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
  for (let turn = 0; turn < 6; turn++) {
    await page.mouse.move(onto.x + 100, onto.y + 120 + turn * 30, { steps: 40 });
    await page.mouse.move(from.x + 60, from.y - turn * 20, { steps: 40 });
  }
  const frames = await page.evaluate(() => (window as unknown as { frames: number[] }).frames.slice(1));
  await page.keyboard.press('Escape');
  await page.mouse.up();
  return frames;
}

/** Adds all and takes them out again; how long until the number of participants is on screen, in milliseconds. */
async function addingAll(page: Page, panel: Panel): Promise<number[]> {
  const waits: number[] = [];
  for (let turn = 0; turn < ADDS; turn++) {
    // As somebody does who looks first: the answer to what was done before has come.
    await page.waitForTimeout(500);
    const wait = page.evaluate(() => {
      const count = document.querySelector('.panel-participants .panel-column-count')!;
      return new Promise<number>((resolve) => {
        let begin = 0;
        document.addEventListener('click', (event) => (begin = event.timeStamp), { capture: true, once: true });
        new MutationObserver((_, watch) => {
          watch.disconnect();
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - begin)));
        }).observe(count, { childList: true, characterData: true, subtree: true });
      });
    });
    // A button is held down for a moment: pressed and let go at once, the frame of the press would count as well.
    await panel.button(/^Add all 10.?000\b/).last().click({ delay: HELD });
    waits.push(await wait);
    await panel.expectParticipants(PEOPLE / 10);
    await panel.button('Remove all').click();
    await panel.expectParticipants(0);
    await panel.expectUsers(PEOPLE / 10);
  }
  return waits;
}
