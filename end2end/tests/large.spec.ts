// A directory of 100,000 people: the panel stays as small as its window.

import type { Page } from '@playwright/test';
import { ADMINISTRATOR, expect, test } from '../support/world';
import { createTraining, signIn } from '../support/console';
import { Panel } from '../support/panel';
import type { Person } from '../support/people';

const PEOPLE = 100_000;

test('100,000 people: the number of DOM nodes does not grow', async ({ page, server, database }) => {
  test.setTimeout(400_000);
  const last = ['Müller', 'Öztürk', 'O’Neill', 'Novak', 'Girard', 'Patel', 'Horváth', 'Demir', 'Weber', 'Bondar'];
  const first = ['Anna', 'Sofia', 'Théo', 'Uma', 'Viktor', 'Wanda', 'Yusuf', 'Zoé', 'Hugo', 'Ines', 'Jonas'];
  const people = Array.from({ length: PEOPLE }, (_, n): Person => ({
    last_name: `${last[n % last.length]}-${Math.floor(n / 1000)}`,
    first_name: first[n % first.length],
    email: `u${n}@large-${database}.test`,
    employee_id: `L${n}`,
    groups: [`Group ${n % 20}`],
  }));
  const before = Date.now();
  await server.importUsers(people);
  console.log(`${database}: imported ${PEOPLE} people in ${((Date.now() - before) / 1000).toFixed(1)} s`);

  await signIn(page, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);
  await createTraining(page, 'Everyone');
  const panel = await Panel.open(page);
  await panel.expectUsers(PEOPLE + 1);
  const opened = await nodes(panel);
  expect(opened.rows, 'rows stand in a window').toBeLessThan(80);

  const same = async (what: string) => {
    const now = await nodes(panel);
    expect(now.rows, `rows ${what}`).toBeLessThanOrEqual(opened.rows + 24);
    // A row may have a badge more or less than another.
    expect(now.all, `nodes ${what}`).toBeLessThanOrEqual(opened.all + 24 * 20);
  };

  await panel.users.hover();
  for (let turn = 0; turn < 10; turn++) {
    await page.mouse.wheel(0, 4_000);
    await same('while scrolling');
  }
  for (const part of [0.3, 0.77, 1]) {
    await scrollTo(page, panel, part);
    await expect
      .poll(async () => Number(await panel.users.getByRole('option').last().getAttribute('aria-posinset')))
      .toBeGreaterThanOrEqual((PEOPLE + 1) * part * 0.99);
    await expect(panel.users.getByRole('option').last()).toContainText(/\S/);
    await same(`at ${part} of the list`);
  }
  await expect(panel.users.getByRole('option').last()).toHaveAttribute('aria-posinset', String(PEOPLE + 1));

  await panel.find('mueller-42', 100);
  await same('after filtering for a few');
  await panel.find(`u4711@large-${database}.test`, 1);
  await panel.find('mueller', 10_000);
  await same('after filtering for many');
  await panel.toggleGroup('Group 0');
  await panel.expectUsers(5_000);
  await panel.button(/^Add all 5.?000\b/).click();
  await panel.expectParticipants(5_000);
  await panel.expectUsers(0);
  await same('with 5,000 participants');
  await panel.button('Validate').click();
  await expect(panel.dialog).toBeHidden({ timeout: 60_000 });
  await expect(page.getByRole('region', { name: 'Invitations to send' }).getByRole('heading').first()).toContainText(
    /5.?000/,
  );
  const rows = await page.getByRole('region', { name: 'Invitations to send' }).locator('li, [role=listitem], [role=option], [role=row]').count();
  expect(rows, 'the block is a window too').toBeLessThan(200);
});

/** How many rows and how many elements the panel has. */
async function nodes(panel: Panel): Promise<{ rows: number; all: number }> {
  return panel.dialog.evaluate((dialog) => ({
    rows: dialog.querySelectorAll('[role=option]').length,
    all: dialog.querySelectorAll('*').length,
  }));
}

/** Scrolls the left column to a part of its height. */
async function scrollTo(page: Page, panel: Panel, part: number): Promise<void> {
  await panel.users.evaluate((list, share) => {
    for (let at: Element | null = list; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at).overflowY;
      if ((style === 'auto' || style === 'scroll') && at.scrollHeight > at.clientHeight) {
        at.scrollTop = (at.scrollHeight - at.clientHeight) * share;
        return;
      }
    }
    throw new Error('nothing scrolls');
  }, part);
  await page.waitForTimeout(50);
}
