// The form builder: ordering by mouse and by finger, leaving with changes that are not published, two who publish; and the queue for approval.

import { type Page } from '@playwright/test';
import { ADMINISTRATOR, expect, test } from '../support/world';
import { createTraining, hydrated, open, signIn } from '../support/console';
import { allowCodes, offer } from '../support/join';
import { dragByMouse, dragByTouch } from '../support/panel';

test.beforeEach(async ({ page, server }) => {
  await signIn(page, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);
  await allowCodes(page);
  await createTraining(page, 'Working at Height');
  await offer(page);
});

/** Opens the builder of the training that is open. */
async function build(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Edit the form' }).click();
  await expect(page.getByRole('region', { name: 'Preview' })).toBeVisible();
}

async function addText(page: Page, question: string): Promise<void> {
  await page.getByRole('button', { name: 'Short text', exact: true }).click();
  await page.getByLabel('Question (English)').fill(question);
}

const publish = (page: Page) => page.getByRole('button', { name: 'Publish', exact: true });
const grips = (page: Page) => page.locator('.field-rows .field-grip');
const questions = (page: Page) => page.locator('ol.field-rows .field-row-name');

test('fields are ordered by mouse and by finger', async ({ page, server, another }) => {
  await build(page);
  for (const question of ['One', 'Two', 'Three']) await addText(page, question);
  // The last one is open; dragging is for closed rows as for open ones.
  await page.getByRole('button', { name: /^Three/ }).first().click();
  await expect(questions(page)).toHaveText(['One', 'Two', 'Three']);
  await dragByMouse(page, questions(page).nth(2), questions(page).nth(0));
  await expect(questions(page)).toHaveText(['Three', 'One', 'Two']);
  await publish(page).click();
  await expect(page.getByText('The form is published.').first()).toBeVisible();

  const tablet = await another({ viewport: { width: 1180, height: 820 }, hasTouch: true });
  await signIn(tablet, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);
  await open(tablet, page.url());
  await expect(questions(tablet)).toHaveText(['Three', 'One', 'Two']);
  // To what stands below the last one.
  await dragByTouch(tablet, grips(tablet).nth(0), tablet.locator('.builder-hint'));
  await expect(questions(tablet)).toHaveText(['One', 'Two', 'Three']);
  await publish(tablet).click();
  await expect(tablet.getByText('The form is published.').first()).toBeVisible();
});

test('leaving with changes that are not published asks first', async ({ page }) => {
  await build(page);
  const builder = page.url();
  await addText(page, 'Your company');
  const asked = page.getByRole('dialog', { name: 'Leave without publishing?' });

  await page.goBack();
  await expect(asked).toBeVisible();
  await asked.getByRole('button', { name: 'Keep editing' }).click();
  await expect(asked).toBeHidden();
  expect(page.url()).toBe(builder);
  await expect(questions(page)).toHaveText(['Your company']);

  await page.getByRole('link', { name: 'People' }).or(page.getByRole('link', { name: 'Trainings' })).first().click();
  await expect(asked).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(asked).toBeHidden();
  await expect(questions(page)).toHaveText(['Your company']);

  await page.goBack();
  await asked.getByRole('button', { name: 'Leave', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Training code' })).toBeVisible();
  expect(page.url()).toBe(builder.replace(/\/form$/, ''));

  // What is published asks nothing.
  await build(page);
  await addText(page, 'Your company');
  await publish(page).click();
  await expect(page.getByText('The form is published.').first()).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Training code' })).toBeVisible();
  await expect(asked).toBeHidden();
});

test('of two who publish, the second is asked', async ({ page, server, another, expectedErrors }) => {
  // The refusal on purpose.
  expectedErrors.push(/status of 409/);
  await build(page);
  const colleague = await another();
  await signIn(colleague, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);
  await open(colleague, page.url());
  await addText(colleague, 'Theirs');
  await publish(colleague).click();
  await expect(colleague.getByText('The form is published.').first()).toBeVisible();

  await addText(page, 'Mine');
  await publish(page).click();
  await expect(page.getByText('Somebody else has published this form meanwhile.')).toBeVisible();
  await expect(questions(page)).toHaveText(['Mine']);
  await page.getByRole('button', { name: 'Keep mine' }).click();
  await publish(page).click();
  await expect(page.getByText('The form is published.').first()).toBeVisible();

  await addText(colleague, 'Lost on purpose');
  await publish(colleague).click();
  await colleague.getByRole('button', { name: 'Take the other one' }).click();
  await expect(questions(colleague)).toHaveText(['Mine']);
});

test('the queue for approval keeps the focus', async ({ page, server, another }) => {
  await page.getByText('An administrator approves each registration').click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Everything is saved', { exact: true })).toBeVisible();
  const code = await page.locator('.page-facts .mono').innerText();
  const link = `${server.url}/join/${code.replace(/\W/g, '')}`;
  // What the system would show on the icon; a browser under test has none.
  await page.evaluate(() => {
    const shows = (count: number) => {
      Object.assign(window, { badge: count });
      return Promise.resolve();
    };
    Object.assign(navigator, { setAppBadge: shows, clearAppBadge: () => shows(0) });
  });
  const tab = page.getByRole('tab', { name: /Self-registration/ });
  const counted = async (count: number) => {
    await expect(page).toHaveTitle(count === 0 ? /^[^(]/ : new RegExp(`^\\(${count}\\) `));
    await expect(tab).toHaveAccessibleName(count === 0 ? /^Self-registration$/ : new RegExp(`${count} to approve$`));
    await expect.poll(() => page.evaluate(() => (window as unknown as { badge?: number }).badge)).toBe(count);
  };
  for (const first of ['Anna', 'Bela', 'Cleo']) {
    const phone = await another({ viewport: { width: 390, height: 844 } });
    await phone.goto(`${link}/register`);
    await phone.getByLabel('First name').fill(first);
    await phone.getByLabel('Last name').fill('Person');
    await phone.getByRole('button', { name: 'Register' }).click();
    await expect(phone.getByText('Waiting for approval')).toBeVisible();
  }
  const approve = (name: string) => page.getByRole('button', { name: `Approve ${name} Person` });
  await expect(approve('Cleo')).toBeVisible();
  await counted(3);
  await approve('Bela').focus();
  await page.keyboard.press('Enter');
  await expect(approve('Cleo')).toBeFocused();
  await counted(2);
  await page.keyboard.press('Enter');
  await expect(approve('Anna')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('switch', { name: 'Offer self-registration' })).toBeFocused();
  await expect(page.getByRole('heading', { name: /To approve/ })).toBeHidden();
  await counted(0);
  await hydrated(page);
});
