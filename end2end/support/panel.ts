// The selection panel: *Choose the participants*, and other lists.

import { type Locator, type Page, expect } from '@playwright/test';

export class Panel {
  readonly dialog: Locator;
  readonly users: Locator;
  readonly participants: Locator;
  readonly search: Locator;

  constructor(readonly page: Page, title = 'Choose the participants', right = 'Participants') {
    this.dialog = page.getByRole('dialog', { name: title });
    this.users = this.dialog.getByRole('listbox', { name: 'Users' });
    this.participants = this.dialog.getByRole('listbox', { name: right });
    this.search = this.dialog.getByRole('searchbox', { name: 'Search users' });
  }

  /** Presses *Choose the participants* and waits for its rows. */
  static async open(page: Page): Promise<Panel> {
    await page.getByRole('button', { name: 'Choose the participants' }).first().click();
    const panel = new Panel(page);
    await expect(panel.dialog).toBeVisible();
    await expect(panel.users.getByRole('option').first()).toBeVisible();
    return panel;
  }

  button(name: string | RegExp): Locator {
    return this.dialog.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
  }

  /** A row of a column by the person's name. */
  row(column: Locator, name: string): Locator {
    return column.getByRole('option', { name: new RegExp(escaped(name)) });
  }

  /** Types into the search and waits for the number of people that match. */
  async find(text: string, matches: number): Promise<void> {
    await this.search.fill(text);
    await this.expectUsers(matches);
  }

  /** Waits until the left column holds so many people. */
  async expectUsers(count: number): Promise<void> {
    await expectSize(this.users, count);
  }

  /** Waits until the right column holds so many people. */
  async expectParticipants(count: number): Promise<void> {
    await expectSize(this.participants, count);
  }

  /** Ticks or unticks a group in the filter. */
  async toggleGroup(name: string): Promise<void> {
    await this.toggle('Groups', name);
  }

  /** Ticks or unticks a value of a filter and closes it. */
  async toggle(filter: 'Groups' | 'User types', value: string): Promise<void> {
    await this.filter(filter).click();
    await this.choice(value).click();
    await this.filter(filter).click();
    await expect(this.choice(value)).toBeHidden();
  }

  filter(name: 'Groups' | 'User types'): Locator {
    return this.dialog.getByRole('button', { name: new RegExp(`^${name}`) });
  }

  choice(value: string): Locator {
    return this.dialog.getByRole('checkbox', { name: value, exact: true });
  }

  /** Closes the panel without saving; asked first when something was moved. */
  async cancel(): Promise<void> {
    await this.button('Cancel').click();
    const discard = this.page.getByRole('button', { name: 'Discard', exact: true });
    await expect(discard.or(this.page.getByRole('button', { name: 'Choose the participants' })).first()).toBeVisible();
    if (await discard.isVisible()) await discard.click();
    await expect(this.dialog).toBeHidden();
  }
}

/** The size of a windowed list: what its rows say of the whole (aria-setsize), or that there is none. */
async function expectSize(list: Locator, count: number): Promise<void> {
  const rows = list.getByRole('option');
  if (count === 0) {
    await expect(rows).toHaveCount(0);
  } else {
    await expect(rows.first()).toHaveAttribute('aria-setsize', String(count));
  }
}

/** Where the middle of an element is. */
export async function middle(element: Locator): Promise<{ x: number; y: number }> {
  const box = await element.boundingBox();
  if (!box) throw new Error('it is not on the screen');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Drags from one element to another with the mouse. */
export async function dragByMouse(page: Page, from: Locator, to: Locator): Promise<void> {
  const start = await middle(from);
  const goal = await middle(to);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x + 12, start.y + 4, { steps: 3 });
  await page.mouse.move(goal.x, goal.y, { steps: 12 });
  await page.mouse.up();
}

/** Drags with a finger: holds, moves, lets go. Real touch events, sent through the browser's own protocol. */
export async function dragByTouch(page: Page, from: Locator, to: Locator, hold = 450): Promise<void> {
  const start = await middle(from);
  const goal = await middle(to);
  const touch = await finger(page);
  await touch('touchStart', start);
  await page.waitForTimeout(hold);
  for (let step = 1; step <= 12; step++) {
    await touch('touchMove', {
      x: start.x + ((goal.x - start.x) * step) / 12,
      y: start.y + ((goal.y - start.y) * step) / 12,
    });
  }
  await touch('touchEnd');
}

/** Swipes over an element at once, as one scrolls. */
export async function swipe(page: Page, element: Locator, by: number): Promise<void> {
  const start = await middle(element);
  const touch = await finger(page);
  await touch('touchStart', start);
  for (let step = 1; step <= 10; step++) {
    await touch('touchMove', { x: start.x, y: start.y + (by * step) / 10 });
  }
  await touch('touchEnd');
}

async function finger(page: Page) {
  const session = await page.context().newCDPSession(page);
  return async (type: 'touchStart' | 'touchMove' | 'touchEnd', point?: { x: number; y: number }) => {
    await session.send('Input.dispatchTouchEvent', { type, touchPoints: point ? [point] : [] });
    await page.waitForTimeout(16);
  };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
