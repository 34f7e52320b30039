// The directory: several groups and user types at once.

import { DEMO_PASSWORD, expect, test } from '../support/world';
import { hydrated, signIn } from '../support/console';

test('the directory is narrowed by several groups and types', async ({ page, demo }) => {
  await signIn(page, demo.url, 'admin@demo.test', DEMO_PASSWORD);
  await page.goto(`${demo.url}/people`);
  await hydrated(page);
  const intro = page.locator('.page-intro');
  const count = async () => Number((await intro.innerText()).replace(/\D/g, ''));
  await expect(intro).toHaveText(/\d/);
  const everybody = await count();

  const groups = page.getByRole('button', { name: /^Groups:/ });
  await groups.click();
  const choices = page.getByRole('group', { name: 'Groups' }).getByRole('checkbox');
  const [first, second] = [choices.nth(0), choices.nth(1)];
  await first.check();
  await expect.poll(count).toBeLessThan(everybody);
  const one = await count();
  await second.check();
  await expect.poll(count).toBeGreaterThan(one);
  const two = await count();
  await page.keyboard.press('Escape');
  await expect(choices.first()).toBeHidden();
  await expect(groups).toBeFocused();
  await expect(groups).toHaveAccessibleName(/,/);

  await page.getByRole('button', { name: /^User types:/ }).click();
  await page.getByRole('group', { name: 'User types' }).getByRole('checkbox').first().check();
  await expect.poll(count).toBeLessThan(two);

  await groups.click();
  await page.getByRole('group', { name: 'Groups' }).getByRole('button', { name: 'Clear' }).click();
  await expect(groups).toHaveAccessibleName('Groups: All groups');
});
