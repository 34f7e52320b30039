// Personal links: robots that open them change nothing, and one that is past its time gives way to a fresh one.

import { type Page } from '@playwright/test';
import { ADMINISTRATOR, expect, type Server, test } from '../support/world';
import { createTraining, expectCount, open, sendDialog, sendNow, signIn } from '../support/console';
import { Panel } from '../support/panel';
import { scan } from '../support/robot';
import { linkIn, type Mail, type Testbed } from '../support/testbed';

/** An invitation on its way to one person. */
async function invited(page: Page, server: Server, testbed: Testbed, domain: string, language: 'en' | 'fr' = 'en'): Promise<Mail> {
  await server.importUsers([{ first_name: 'Anna', last_name: 'Linked', email: `anna@${domain}`, language }]);
  await signIn(page, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);
  await createTraining(page, 'First aid');
  const panel = await Panel.open(page);
  await panel.find('linked', 1);
  await panel.button(/^Add all/).click();
  await panel.expectParticipants(1);
  await panel.button('Validate').click();
  await expectCount(page, 'Invitations to send', 1);
  const dialog = await sendDialog(page, 'Send invitations');
  await dialog.getByRole('button', { name: /^Send 1 / }).click();
  await sendNow(page);
  await expectCount(page, 'Invitations sent', 1);
  const [mail] = await testbed.waitForMails(domain, 1);
  if (!mail) throw new Error('no mail');
  return mail;
}

/** Everything that an answer, a request or a visit could change. */
async function state(server: Server): Promise<string> {
  const asked = [
    'SELECT state, answered_at, state_changed_at, generation, sent_count FROM invitations ORDER BY id',
    'SELECT kind, state, updated_at FROM messages ORDER BY id',
    'SELECT event, at FROM history ORDER BY id',
    'SELECT id, version, updated_at FROM trainings ORDER BY id',
    'SELECT state, updated_at FROM users ORDER BY id',
    'SELECT created_at FROM invitation_links ORDER BY token_hash',
    'SELECT COUNT(*) FROM space_sessions',
    'SELECT COUNT(*) FROM sessions',
  ];
  const answers = [];
  for (const statement of asked) answers.push(await server.sql(statement));
  return answers.join('--\n');
}

/** Lets the robot read, and looks what that changed. */
async function expectInert(robot: Page, server: Server, mail: Mail): Promise<string[]> {
  const before = await state(server);
  expect(before).toContain('invitation');
  const asked = await scan(robot, mail, server.url);
  expect(asked.filter((line) => !/^(GET|HEAD) /.test(line)), 'no page sends anything by itself').toEqual([]);
  expect(await state(server)).toEqual(before);
  return asked;
}

test('a robot that opens every link of a mail changes nothing, and a press does', async ({ page, server, testbed, another, expectedErrors, database }, info) => {
  // Old links and pages for posting only answer so, on purpose.
  expectedErrors.push(/status of (404|405|410)/);
  // The robot opens the icons of a page, too, and what shows a picture in Chromium brings styles of its own.
  expectedErrors.push(/\/icons\/[^ ]+\.png: Applying inline style/);
  const domain = `robot${database}${info.workerIndex}${Date.now()}.test`;
  const mail = await invited(page, server, testbed, domain);
  // Nobody looks at the console meanwhile: a look is noted, too.
  await page.goto('about:blank');
  const link = linkIn(mail.text);
  const robot = await another();

  await test.step('an invitation that waits for its answer', async () => {
    const asked = await expectInert(robot, server, mail);
    expect(asked).toContain(`GET ${new URL(link).pathname}`);
    expect(asked.some((line) => line.endsWith('/calendar.ics')), 'it follows the links of the page').toBe(true);
  });
  await test.step('a press changes it, so this test can fail', async () => {
    const before = await state(server);
    const trainee = await another({ javaScriptEnabled: false });
    await trainee.goto(link);
    await trainee.getByRole('button', { name: 'I will attend' }).click();
    await expect(trainee.getByText('You will attend.')).toBeVisible();
    expect(await state(server)).not.toEqual(before);
  });
  await test.step('an answer that was given', () => expectInert(robot, server, mail));
  await server.age(200);
  await test.step('a link that is past its time', async () => {
    const asked = await expectInert(robot, server, mail);
    expect(asked.some((line) => line.endsWith('/fresh')), 'it opens the page that asks for nothing').toBe(true);
  });
});

test('a link past its time gives way to a fresh one, which shows the present state', async ({ page, server, testbed, another, expectedErrors, database }, info) => {
  expectedErrors.push(/status of 410/);
  const domain = `fresh${database}${info.workerIndex}${Date.now()}.test`;
  const mail = await invited(page, server, testbed, domain, 'fr');
  const tab = page.url();
  const link = linkIn(mail.text);
  await server.age(200);
  // As many read their mail: on a telephone, without scripts.
  const trainee = await another({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  const answer = await trainee.goto(link);
  expect(answer?.status()).toBe(410);
  await expect(trainee.getByRole('heading', { level: 1, name: 'Ce lien n’est plus valable' })).toBeVisible();
  await expect(trainee.getByText('First aid')).toHaveCount(0);
  await expect(trainee.getByText(domain)).toHaveCount(0);
  // Twice, because nothing seems to happen.
  for (let press = 0; press < 2; press += 1) {
    await trainee.goto(link);
    await trainee.getByRole('button', { name: 'M’envoyer un nouveau lien' }).press('Enter');
    await expect(trainee.getByRole('heading', { level: 1, name: 'Consultez vos messages' })).toBeVisible();
    await expect(trainee.getByText(domain)).toHaveCount(0);
  }
  const mails = await testbed.waitForMails(domain, 2);
  const fresh = mails[1];
  expect(fresh?.to).toEqual([`anna@${domain}`]);
  expect(fresh?.headers.subject).toContain('nouveau lien');
  const freshLink = linkIn(fresh?.text ?? '');
  expect(freshLink).not.toBe(link);
  await trainee.goto(freshLink);
  await trainee.getByRole('button', { name: 'Je participerai' }).click();
  await expect(trainee.getByText('Vous participerez.')).toBeVisible();
  await open(page, tab);
  await expectCount(page, 'Invited and confirmed', 1);
  expect(testbed.mails(domain)).toHaveLength(2);
  // The old one is as old as before.
  await trainee.goto(link);
  await expect(trainee.getByRole('button', { name: 'M’envoyer un nouveau lien' })).toBeVisible();

  await test.step('how long links are good is the organisation’s to say', async () => {
    await open(page, `${server.url}/settings`);
    const days = page.getByLabel('Days for which a personal link is good');
    await expect(days).toHaveValue('180');
    await days.fill('731');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Type a whole number of days, 1 to 730.')).toBeVisible();
    await days.fill('365');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Everything is saved')).toBeVisible();
    await trainee.goto(link);
    await expect(trainee.getByText('Vous participerez.')).toBeVisible();
  });

  await test.step('what would be forgotten is said before anything is saved', async () => {
    const forecast = page.locator('.forecast');
    await expect(forecast).toContainText('everything is kept');
    await page.getByLabel(/^Days after a training until/).fill('29');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Type a whole number of days, 30 to 3650, or leave it empty.')).toBeVisible();
    await page.getByLabel(/^Days after a training until/).fill('90');
    await expect(forecast).toContainText('nobody would be forgotten tonight');
    await page.getByLabel(/^Days after which the text/).fill('30');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Everything is saved')).toBeVisible();
    await open(page, `${server.url}/settings`);
    await expect(page.getByLabel(/^Days after a training until/)).toHaveValue('90');
  });
});
