// Somebody gets a right in the console and a password of their own, and sees what is theirs to see.

import { ADMINISTRATOR, expect, test } from '../support/world';
import { hydrated, signIn } from '../support/console';
import { mobilePrefix } from '../support/people';

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
  await expect(page.getByRole('table').getByText('Account', { exact: true })).toBeVisible();
});

test('whoever forgot their password chooses another, without a script, and nobody learns who is known', async ({ server, testbed, another, expectedErrors }) => {
  expectedErrors.push(/status of (401|410|422)/);
  const page = await another({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  const mails = () => testbed.mails('convoke.test').filter((mail) => mail.text.includes(`${server.url}/account/`));
  const ask = async (typed: string) => {
    await page.goto(`${server.url}/sign-in`);
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await expect(page.getByRole('heading', { name: 'Forgot your password?' })).toBeVisible();
    await page.getByLabel('E-mail or mobile').fill(typed);
    await page.getByLabel('E-mail or mobile').press('Enter');
  };
  await ask('nonsense');
  await expect(page.getByText('Please type an e-mail address or a mobile number.')).toBeVisible();
  await expect(page.getByLabel('E-mail or mobile')).toHaveValue('nonsense');

  const said: string[] = [];
  for (const typed of ['nobody@forgotten.test', ADMINISTRATOR.email, ADMINISTRATOR.email]) {
    await ask(typed);
    await expect(page.getByRole('status')).toContainText('a message is on its way');
    said.push(await page.content());
  }
  expect(new Set(said).size).toBe(1);
  await expect.poll(() => mails().length).toBe(1);
  const [mail] = mails();
  expect(mail?.to).toEqual([ADMINISTRATOR.email]);
  expect(mail?.text).toContain('good for one hour');
  const link = /https?:\/\/\S+\/account\/\S+/.exec(mail!.text)![0];

  const elsewhere = await another();
  await signIn(elsewhere, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'Choose a new password' })).toBeVisible();
  await page.getByLabel('Password').fill('another password of mine');
  await page.getByRole('button', { name: 'Save and sign in' }).click();
  await expect(page.getByRole('link', { name: 'Trainings' }).first()).toBeVisible();

  // Whoever was signed in is not any more, and the old password is none.
  await elsewhere.goto(`${server.url}/people`);
  await elsewhere.getByLabel('E-mail or mobile').fill(ADMINISTRATOR.email);
  await elsewhere.getByLabel('Password').fill(ADMINISTRATOR.password);
  await elsewhere.getByRole('button', { name: 'Sign in' }).click();
  await expect(elsewhere.getByText('do not go together')).toBeVisible();
  await elsewhere.getByLabel('Password').fill('another password of mine');
  await elsewhere.getByRole('button', { name: 'Sign in' }).click();
  await hydrated(elsewhere);
  await elsewhere.goto(`${server.url}/settings/history`);
  await hydrated(elsewhere);
  const lines = elsewhere.getByRole('list', { name: 'History' }).getByRole('listitem');
  await expect(lines.filter({ hasText: 'sent a link for a new password' })).toHaveCount(1);
  await expect(lines.filter({ hasText: 'chose a password' })).toHaveCount(1);
  expect((await page.request.get(link)).status()).toBe(410);
});

test('many are invited to choose a password, once', async ({ page, server, testbed, another, expectedErrors }) => {
  expectedErrors.push(/status of 409/);
  await server.importUsers([
    { last_name: 'Adler', first_name: 'Ines', email: 'ines@many.test' },
    { last_name: 'Adler', first_name: 'Jon', email: 'jon@many.test' },
    { last_name: 'Adler', first_name: 'Kim', mobile: `${mobilePrefix('many-invited')}101`, channel: 'sms' },
  ]);
  await signIn(page, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);
  await page.goto(`${server.url}/people`);
  await hydrated(page);
  await page.getByRole('checkbox', { name: 'Select everyone who matches' }).check();
  const invite = page.getByRole('button', { name: 'Invite to choose a password…' });
  await invite.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Invite 4 people to choose a password' });
  await expect(dialog.getByText('2 people get the link by e-mail')).toBeVisible();
  await expect(dialog.getByText('One person gets the link by SMS')).toBeVisible();
  await expect(dialog.getByText('one person who has a password')).toBeVisible();

  // A colleague was quicker with one of them: nobody is invited, and the numbers are new.
  const colleague = await another();
  await signIn(colleague, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);
  await colleague.goto(`${server.url}/people?search=ines`);
  await hydrated(colleague);
  await colleague.getByRole('link', { name: 'Ines Adler' }).click();
  await colleague.getByRole('button', { name: 'Invite to choose a password' }).click();
  await expect(colleague.getByText('The link is on its way by e-mail').first()).toBeVisible();
  await dialog.getByRole('button', { name: 'Send 3 links' }).click();
  await expect(dialog.getByText('Something has changed meanwhile')).toBeVisible();
  await expect(dialog.getByText('one person who was sent a link less than a day ago')).toBeVisible();
  await dialog.getByRole('button', { name: 'Send 2 links' }).click();
  await expect(page.getByText('2 links are on their way').first()).toBeVisible();
  await expect(dialog).toBeHidden();
  const mails = await testbed.waitForMails('many.test', 2);
  expect(mails.map((mail) => mail.to[0]).sort()).toEqual(['ines@many.test', 'jon@many.test']);
  await testbed.waitForTexts(mobilePrefix('many-invited'), 1);

  // Again: nobody is left.
  await page.getByRole('checkbox', { name: 'Select everyone who matches' }).check();
  await invite.click();
  await expect(dialog.getByText('Nobody gets a link.')).toBeVisible();
  await expect(dialog.getByText('3 people who were sent a link less than a day ago')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Send', exact: true })).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect(testbed.mails('many.test')).toHaveLength(2);
});
