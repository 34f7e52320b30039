// The pictures of the user guide: a tablet at the door, from the code to the attendance. `cargo xtask pictures --guide` puts them into docs/images.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { keeps } from '../support/device';
import { open, signIn } from '../support/console';
import { codesOf, fillForm, quick } from '../support/join';
import { Network } from '../support/network';
import { given } from '../support/process';
import { DEMO_PASSWORD, expect, test } from '../support/world';

/** The one that runs today. */
const TODAY = 'Lean Management: Basics';
/** A picture of the guide is at most so large, in bytes. */
const LARGEST = 60_000;

test.use({ viewport: { width: 1180, height: 820 }, hasTouch: true, colorScheme: 'light', reducedMotion: 'reduce' });

/** Takes a picture and keeps it as WebP, which the browser makes. */
async function picture(page: Page, name: string): Promise<void> {
  // Nothing is under a pointer that no tablet has.
  await page.mouse.move(0, 0);
  const png = (await page.screenshot()).toString('base64');
  // In a page of its own: the policy of ours lets nothing in.
  const painter = await page.context().newPage();
  const data = await painter.evaluate(async (png) => {
    const image = new Image();
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    canvas.getContext('2d')?.drawImage(image, 0, 0);
    return canvas.toDataURL('image/webp', 0.82);
  }, png);
  await painter.close();
  const bytes = Buffer.from(data.split(',')[1], 'base64');
  expect(data.startsWith('data:image/webp'), 'as WebP').toBe(true);
  expect(bytes.length, name).toBeLessThan(LARGEST);
  writeFileSync(join(given('CONVOKE_PICTURES'), `${name}.webp`), bytes);
}

test('the tablet at the door', async ({ page, demo, another, expectedErrors }) => {
  test.setTimeout(300_000);
  expectedErrors.push(/net::ERR_/, /Failed to load resource/);
  const admin = await another({ viewport: { width: 1180, height: 820 }, hasTouch: true, colorScheme: 'light' });
  await signIn(admin, demo.url, 'admin@demo.test', DEMO_PASSWORD);
  await open(admin, `${demo.url}/settings`);
  await admin.getByRole('switch', { name: /^Ask for a signature/ }).click();
  await admin.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(admin.getByText('The settings are saved.').first()).toBeVisible();

  await open(admin, `${demo.url}/trainings?phase=running`);
  await admin.getByRole('main').getByRole('link', { name: TODAY }).first().click();
  await admin.getByRole('link', { name: 'Trainer view' }).click();
  await admin.getByRole('tab', { name: 'Participants' }).click();
  await expect(admin.getByRole('link', { name: 'Open the list on this device' })).toBeVisible();
  await expect(admin.getByText('The settings are saved.')).toBeHidden({ timeout: 15_000 });
  await picture(admin, 'tablet-trainer');

  const code = (await codesOf(page, demo.url, 'admin@demo.test', DEMO_PASSWORD)).get(TODAY) ?? '';
  const network = await Network.to(demo.url);
  const list = `${network.url}/join/${code}`;
  await page.goto(`${network.url}/join`);
  await page.getByLabel('Training code').fill(`${code.slice(0, 4)} ${code.slice(4)}`);
  await picture(page, 'tablet-code');
  await page.goto(list);
  await quick(page);
  await keeps(page, code);
  await picture(page, 'tablet-list');
  await page.getByRole('link', { name: 'Lock this tablet' }).click();
  await page.getByLabel('PIN').fill('4711');
  await picture(page, 'tablet-lock');
  await page.getByRole('button', { name: 'Lock', exact: true }).click();
  await expect(page).toHaveURL(list);
  await quick(page);
  await page.getByRole('link', { name: 'Unlock' }).scrollIntoViewIfNeeded();
  await picture(page, 'tablet-locked');
  await page.getByRole('link', { name: 'Unlock' }).click();
  await page.getByLabel('PIN').fill('4711');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByRole('link', { name: 'Lock this tablet' })).toBeVisible();
  await page.goto(`${list}/register`);
  await quick(page);
  await fillForm(page, 'Amélie', 'Laurent', 'amelie@example.org');
  await page.evaluate(() => scrollTo(0, 0));
  await picture(page, 'tablet-form');
  await page.getByRole('button', { name: 'Register' }).click();
  await quick(page);
  const field = page.locator('.sign-canvas');
  await field.scrollIntoViewIfNeeded();
  const box = await field.boundingBox();
  if (!box) throw new Error('no field to sign in');
  // A name, more or less: loops along a line.
  const at = (t: number) => [
    box.x + box.width * (0.12 + 0.7 * t + 0.045 * Math.sin(t * 44)),
    box.y + box.height * (0.55 - 0.22 * Math.cos(t * 44) * (1 - 0.6 * t) - 0.08 * t),
  ] as const;
  await page.mouse.move(...at(0));
  await page.mouse.down();
  for (let n = 1; n <= 90; n += 1) await page.mouse.move(...at(n / 90));
  await page.mouse.up();
  await picture(page, 'tablet-signature');
  await page.getByRole('button', { name: 'I am here' }).click();
  await expect(page.locator('.space-present')).toBeVisible();
  await page.evaluate(() => scrollTo(0, 0));
  await picture(page, 'tablet-space');
  await page.getByRole('button', { name: 'Next person' }).click();
  await expect(page).toHaveURL(list);

  network.change('refuses');
  await page.goto(`${list}/register`);
  await quick(page);
  await fillForm(page, 'Noé', 'Lambert', 'noe@example.org');
  await page.getByRole('button', { name: 'Register' }).click();
  await expect(page.getByRole('heading', { name: 'Noé Lambert' })).toBeVisible();
  await page.getByRole('button', { name: 'Next person' }).click();
  await expect(page).toHaveURL(list);
  await quick(page);
  await picture(page, 'tablet-offline');
  network.close();

  await open(admin, `${demo.url}/trainings?phase=running`);
  await admin.getByRole('main').getByRole('link', { name: TODAY }).first().click();
  await admin.getByRole('tab', { name: 'Attendance' }).click();
  await expect(admin.getByRole('grid')).toBeVisible();
  await admin.waitForTimeout(500);
  await picture(admin, 'tablet-attendance');
});
