// Somebody gets a right in the console and a password of their own, and sees what is theirs to see.

import { ADMINISTRATOR, expect, test } from '../support/world';
import { hydrated, signIn } from '../support/console';

const PEOPLE = [
  { last_name: 'Roux', first_name: 'Nora', email: 'nora@access.test' },
  { last_name: 'Öztürk', first_name: 'Elif', email: 'elif@access.test', groups: ['Plant'] },
  { last_name: 'O’Neill', first_name: 'Seán', email: 'sean@access.test', groups: ['Office'] },
];

test('somebody is made an authorised user, chooses a password by a link, and signs in', async ({ page, server, testbed, another, expectedErrors }) => {
  expectedErrors.push(/status of (409|410|422)/);
  await server.importUsers(PEOPLE);
  await signIn(page, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);
  await page.goto(`${server.url}/people?search=nora`);
  await hydrated(page);
  await page.getByRole('link', { name: 'Nora Roux' }).click();
  const card = page.getByRole('region', { name: 'Signing in' });
  await expect(card.getByText('Has no password, and cannot sign in.')).toBeVisible();

  await test.step('an authorised user has groups in scope', async () => {
    await card.getByLabel('Right in the console').selectOption({ label: 'Authorised user' });
    await card.getByRole('button', { name: 'Save the right' }).click();
    await expect(card.getByText('Choose at least one group.')).toBeVisible();
    await card.getByRole('button', { name: /^Groups in their scope/ }).click();
    await card.getByRole('checkbox', { name: /Plant/ }).check();
    await page.keyboard.press('Escape');
    await card.getByRole('button', { name: 'Save the right' }).click();
    await expect(page.getByText('Saved. It holds from the next click on.').first()).toBeVisible();
  });

  await card.getByRole('button', { name: 'Invite to choose a password' }).click();
  await expect(page.getByText('The link is on its way by e-mail').first()).toBeVisible();
  await expect(card.getByText('Was sent a link to choose a password.')).toBeVisible();
  const [mail] = await testbed.waitForMails('access.test', 1);
  expect(mail?.to).toEqual(['nora@access.test']);
  const link = /https?:\/\/\S+\/account\/\S+/.exec(mail?.text ?? '')?.[0] ?? '';
  expect(link).toContain(`${server.url}/account/`);

  const theirs = await another();
  await test.step('the link asks for a password, and works once', async () => {
    // What a mail scanner does leaves it as it is.
    for (const method of ['get', 'head'] as const) expect((await theirs.request[method](link)).status()).toBe(200);
    await theirs.goto(link);
    await expect(theirs.getByRole('heading', { name: 'Choose your password' })).toBeVisible();
    await expect(theirs.getByText('nora@access.test')).toBeVisible();
    await theirs.getByLabel('Password').fill('short');
    await theirs.getByRole('button', { name: 'Save and sign in' }).click();
    await expect(theirs.getByText('Please choose a password of at least 10 characters.')).toBeVisible();
    await theirs.getByLabel('Password').fill('a password of her own');
    await theirs.getByRole('button', { name: 'Save and sign in' }).click();
    await expect(theirs.getByRole('link', { name: 'Trainings' })).toBeVisible();
    expect((await theirs.request.get(link)).status()).toBe(410);
  });

  await test.step('only the people in scope are there', async () => {
    await theirs.goto(`${server.url}/people`);
    await hydrated(theirs);
    await expect(theirs.getByText('Elif Öztürk')).toBeVisible();
    await expect(theirs.getByText('Seán O’Neill')).toBeHidden();
    await expect(theirs.getByRole('link', { name: 'New person' })).toBeHidden();
  });

  await page.reload();
  await hydrated(page);
  await expect(card.getByText('Has a password, and can sign in.')).toBeVisible();
  await page.goto(`${server.url}/messages`);
  await hydrated(page);
  await expect(page.getByText('Account', { exact: true })).toBeVisible();
});
