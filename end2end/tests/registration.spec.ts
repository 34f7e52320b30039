// Self-registration from both sides: an administrator offers it and builds the form; trainees register on a phone, on a tablet and with JavaScript
// off, and enter under each of the three proofs.

import { type Page } from '@playwright/test';
import { ADMINISTRATOR, expect, test } from '../support/world';
import { createTraining, expectCount, hydrated, signIn } from '../support/console';
import { allowCodes, names, offer } from '../support/join';
import { until } from '../support/process';

const TITLE = 'Working at Height';
/** Every kind of field, with the question that the administrator types. */
const KINDS = [
  ['E-mail', 'Where do we write to?'],
  ['Mobile', 'Your mobile'],
  ['Short text', 'Your company'],
  ['Long text', 'Anything we should know?'],
  ['Number', 'Years of experience'],
  ['Date', 'Last medical check'],
  ['One choice', 'Shoe size'],
  ['Several choices', 'Which days?'],
  ['Tick box', 'I agree to the safety rules.'],
] as const;

/** Adds a field of a kind in the form builder and gives it its question; choices get two options. */
async function addField(page: Page, kind: string, question: string): Promise<void> {
  await page.getByRole('button', { name: kind, exact: true }).click();
  await page.getByLabel('Question (English)').fill(question);
  if (kind === 'E-mail') await page.getByLabel('Also fills in the directory').selectOption({ label: 'The e-mail address' });
  if (kind === 'Mobile') await page.getByLabel('Also fills in the directory').selectOption({ label: 'The mobile number' });
  if (kind === 'Tick box') await page.getByLabel('Has to be ticked to register').check();
  if (kind.includes('hoice')) {
    await page.getByLabel('Option 1 (English)').fill('First');
    await page.getByLabel('Option 2 (English)').fill('Second');
  }
}

/** Fills the whole form in, as a trainee, and posts it. */
async function register(page: Page, link: string, first: string, last: string, email: string, mobile: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('link', { name: 'Register', exact: true }).click();
  await page.getByLabel('First name').fill(first);
  await page.getByLabel('Last name').fill(last);
  await page.getByLabel('Where do we write to?').fill(email);
  await page.getByLabel('Your mobile').fill(mobile);
  await page.getByLabel('Your company').fill('Ateliers');
  await page.getByLabel('Anything we should know?').fill('Nothing\nat all');
  await page.getByLabel('Years of experience').fill('7');
  await page.getByLabel('Last medical check').fill('2026-03-01');
  await page.getByRole('radiogroup', { name: 'Shoe size' }).getByLabel('Second').check();
  await page.getByRole('group', { name: 'Which days?' }).getByLabel('First').check();
  await page.getByLabel('I agree to the safety rules.').check();
  await page.getByRole('button', { name: 'Register' }).click();
  await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
  await expect(page.getByRole('heading', { name: `${first} ${last}` })).toBeVisible();
  await expect(page.getByText('Ateliers')).toBeVisible();
  await expect(page.getByText('Your place is confirmed.')).toBeVisible();
}

/** Chooses what tapping a name asks for, in the tab. */
async function askFor(page: Page, proof: string): Promise<void> {
  // The whole card is the label.
  await page.getByText(proof, { exact: true }).click();
  await expect(page.getByRole('radio', { name: proof, exact: true })).toBeChecked();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Everything is saved', { exact: true })).toBeVisible();
}

/** Taps a name of the list. */
async function tap(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await names(page).and(page.getByRole('button', { name, exact: true })).click();
  await page.waitForURL((url) => !/^\/join\/[^/]+$/.test(url.pathname));
  // Whoever has entered by this name on another device is asked about first.
  const asked = page.getByRole('button', { name: 'Yes, that is me' });
  if (await asked.isVisible()) await asked.click();
}

test('offered, a form of every kind of field, a poster, and three who register', async ({ page, server, testbed, another, expectedErrors }) => {
  // A wrong proof is answered so.
  expectedErrors.push(/status of 422/);
  await signIn(page, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);

  await test.step('the organisation allows training codes', () => allowCodes(page));

  await createTraining(page, TITLE);
  const invitations = page.url();
  await test.step('the training is offered', () => offer(page));

  await test.step('a form with every kind of field is built, ordered and published', async () => {
    await page.getByRole('link', { name: 'Edit the form' }).click();
    for (const [kind, question] of KINDS) await addField(page, kind, question);
    await page.getByRole('button', { name: 'Move “Your company” up' }).click();
    const preview = page.getByRole('region', { name: 'Preview' });
    await expect(preview.getByText('Your company')).toBeVisible();
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await expect(page.getByText('The form is published.').first()).toBeVisible();
  });

  const tab = invitations.replace(/invitations$/, 'registration');
  await page.goto(tab);
  await hydrated(page);
  const link = await test.step('the poster has the QR code and the code', async () => {
    const address = await page.getByRole('link', { name: 'Print or project' }).getAttribute('href');
    const poster = await another();
    await signIn(poster, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);
    await poster.goto(`${server.url}${address}`);
    await expect(poster.getByRole('heading', { name: TITLE })).toBeVisible();
    await expect(poster.getByRole('img', { name: /QR code/ })).toBeVisible();
    const code = /\/join\/([2-9A-Y]{4})([2-9A-Y]{4})\b/.exec(await page.getByRole('main').innerText());
    if (!code) throw new Error('the tab names no link');
    for (const group of code.slice(1)) await expect(poster.getByText(group).first()).toBeVisible();
    return `${server.url}${code[0]}`;
  });

  // A colleague watches the blocks.
  await page.goto(invitations);
  await hydrated(page);
  await expectCount(page, 'Invited and confirmed', 0);
  await page.evaluate(() => Object.assign(window, { notReloaded: true }));

  const phone = await another({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const tablet = await another({ viewport: { width: 1180, height: 820 }, hasTouch: true });
  const plain = await another({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
  await test.step('three register: on a phone, on a tablet, with JavaScript off', async () => {
    await register(phone, link, 'Anna', 'Müller', 'anna@registers.test', '+33 6 39 98 12 34');
    await register(tablet, link, 'Liam', 'O’Neill', 'liam@registers.test', '06 39 98 12 35');
    await register(plain, link, 'Elif', 'Öztürk', 'elif@registers.test', '+33 6 39 98 12 36');
  });
  await test.step('they are in the list, in the open console, and have a message', async () => {
    await tablet.goto(link);
    await expect(names(tablet)).toHaveCount(3);
    await expectCount(page, 'Invited and confirmed', 3);
    expect(await page.evaluate(() => 'notReloaded' in window), 'live').toBe(true);
    const mails = await testbed.waitForMails('registers.test', 3);
    expect(mails.map((mail) => mail.to[0]).sort()).toEqual([
      'anna@registers.test',
      'elif@registers.test',
      'liam@registers.test',
    ]);
  });

  await test.step('tapping a name enters, when nothing is asked for; answers stay hidden', async () => {
    for (const browser of [phone, tablet, plain]) {
      await tap(browser, link, 'Anna Müller');
      await expect(browser.getByRole('heading', { name: 'Anna Müller' })).toBeVisible();
      await expect(browser.getByText('Ateliers')).toBeHidden();
      await browser.getByRole('button', { name: 'Next person' }).click();
    }
  });

  await page.goto(tab);
  await hydrated(page);
  await test.step('the last four digits of the mobile', async () => {
    await askFor(page, 'The last four digits of their mobile');
    for (const browser of [phone, tablet, plain]) {
      await tap(browser, link, 'Liam O’Neill');
      const digits = browser.getByLabel('Last four digits of your mobile');
      if (browser === tablet) {
        await digits.fill('9999');
        await browser.getByRole('button', { name: 'Continue' }).click();
        await expect(browser.getByText('These are not the last four digits')).toBeVisible();
      }
      await digits.fill('1235');
      await browser.getByRole('button', { name: 'Continue' }).click();
      await expect(browser.getByRole('heading', { name: 'Liam O’Neill' })).toBeVisible();
      await expect(browser.getByText('Ateliers')).toBeVisible();
      await browser.getByRole('button', { name: 'Next person' }).click();
    }
  });

  await test.step('a one-time code by e-mail', async () => {
    await askFor(page, 'A one-time code');
    let received = 3;
    for (const browser of [phone, tablet, plain]) {
      await tap(browser, link, 'Elif Öztürk');
      received += 1;
      const mails = await testbed.waitForMails('registers.test', received);
      const mail = mails[mails.length - 1];
      expect(mail?.to).toEqual(['elif@registers.test']);
      const code = await until('the code in the mail', () => /^\s*(\d{6})\s*$/m.exec(mail?.text ?? '')?.[1]);
      await browser.getByLabel('One-time code').fill(code);
      await browser.getByRole('button', { name: 'Continue' }).click();
      await expect(browser.getByRole('heading', { name: 'Elif Öztürk' })).toBeVisible();
      await browser.getByRole('button', { name: 'Next person' }).click();
    }
  });

  await test.step('the answers are in the console and in the export', async () => {
    await page.goto(invitations);
    await hydrated(page);
    const file = await page.request.get(invitations.replace(/\/trainings\/([^/]+)\/.*/, '/api/trainings/$1/participants.csv'));
    expect(file.status()).toBe(200);
    const table = await file.text();
    for (const word of ['Your company', 'Ateliers', 'Which days?', 'Öztürk', 'O’Neill']) expect(table).toContain(word);
  });
});
