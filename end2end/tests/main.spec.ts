// The main job, from a file of people to a confirmed invitation, on every database.

import { expect, test } from '../support/world';
import { ADMINISTRATOR } from '../support/world';
import { block, createTraining, expectCount, goingOut, sendDialog, sendNow, signIn } from '../support/console';
import { dragByMouse, dragByTouch, Panel, swipe } from '../support/panel';
import { journeyPeople, mobilePrefix, type Person, writtenByEmail } from '../support/people';
import { linkIn, type Mail } from '../support/testbed';

/** Whom each mail went to, sorted. */
function recipients(mails: Mail[]): string[] {
  return mails.flatMap((mail) => mail.to).sort();
}

test('import, create, choose, send, confirm, resend', async ({ page, server, testbed, database, another }) => {
  test.setTimeout(240_000);
  const key = `main-${database}`;
  const domain = `${key}.test`;
  const people = journeyPeople(key);
  const said = await server.importUsers([
    ...people,
    // Neither has an address at all; the good lines are kept all the same.
    { last_name: 'Nobody', first_name: 'Reaches' },
  ]);
  expect(said, 'the bad line is reported by its number').toMatch(new RegExp(`\\b${people.length + 2}\\b`));

  await signIn(page, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);
  await createTraining(page, 'Fire Safety — Level 2');
  // Were the page to reload, this would be gone.
  await page.evaluate(() => Object.assign(window, { notReloaded: true }));
  // A second administrator's browser, on the same tab.
  const colleague = await another();
  await signIn(colleague, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);
  await colleague.goto(page.url());

  const panel = await Panel.open(page);
  // The administrator is a user too.
  const everyone = people.length + 1;
  await panel.expectUsers(everyone);

  await test.step('the search finds names however they are typed', async () => {
    for (const typed of ['mull', 'mueller', 'MÜLLER anna', 'anna mul']) {
      await panel.find(typed, 1);
      await expect(panel.row(panel.users, 'Anna Müller')).toBeVisible();
    }
    await panel.find('oneill', 1);
    await expect(panel.row(panel.users, 'Liam O’Neill')).toBeVisible();
    await panel.find('ozturk', 1);
    await expect(panel.row(panel.users, 'Elif Öztürk')).toBeVisible();
    await panel.find('nobody-has-this-name', 0);
    await panel.find('', everyone);
  });

  await test.step('three people of a group are dragged with the mouse', async () => {
    await panel.toggleGroup('Office');
    await panel.expectUsers(5);
    await panel.row(panel.users, 'Liam O’Neill').click();
    await panel.row(panel.users, 'Elif Öztürk').click({ modifiers: ['ControlOrMeta'] });
    await panel.row(panel.users, 'Anna Müller').click({ modifiers: ['ControlOrMeta'] });
    await dragByMouse(page, panel.row(panel.users, 'Elif Öztürk'), panel.participants);
    await panel.expectParticipants(3);
    await panel.expectUsers(2);
    for (const name of ['Liam O’Neill', 'Elif Öztürk', 'Anna Müller']) {
      await expect(panel.row(panel.participants, name)).toBeVisible();
    }
    await dragByMouse(page, panel.row(panel.participants, 'Liam O’Neill'), panel.users);
    await panel.expectParticipants(2);
    await panel.expectUsers(3);
    await panel.row(panel.users, 'Liam O’Neill').dblclick();
    await panel.expectParticipants(3);
    await panel.toggleGroup('Office');
  });

  await test.step('a whole group is added', async () => {
    await panel.toggleGroup('Maintenance');
    await panel.expectUsers(13);
    await panel.button(/^Add all 13\b/).click();
    await panel.expectParticipants(16);
    await panel.expectUsers(0);
  });

  await expect(panel.dialog).toContainText('+16');
  await panel.button('Validate').click();
  await expect(panel.dialog).toBeHidden();
  await expectCount(page, 'Invitations to send', 16);
  await expectCount(colleague, 'Invitations to send', 16);

  const chosen = people.filter(
    (person) => person.groups?.includes('Maintenance') || /Neill|Öztürk|Müller/.test(person.last_name),
  );
  const byEmail = chosen.filter(writtenByEmail);
  const bySms = chosen.filter((person) => !writtenByEmail(person));
  expect([byEmail.length, bySms.length]).toEqual([10, 6]);

  await test.step('the dialog says exactly what will happen, and it happens once', async () => {
    const dialog = await sendDialog(page, 'Send invitations');
    await expect(dialog).toContainText('10 people by e-mail');
    await expect(dialog).toContainText('6 people by SMS');
    await expect(dialog).toContainText('1 of them by their other address');
    await dialog.getByRole('button', { name: 'Send 16 invitations' }).click();
    await expect(dialog).toBeHidden();
    await sendNow(page);
    await expectCount(page, 'Invitations sent', 16);
    await expectCount(page, 'Invitations to send', 0);
    await expectCount(colleague, 'Invitations sent', 16);
  });
  await testbed.waitForMails(domain, 10);
  await testbed.waitForTexts(mobilePrefix(key), 6);
  const mails = testbed.mails(domain);
  expect(recipients(mails)).toEqual(byEmail.map((person) => person.email).sort());
  expect(numbers(testbed.texts(mobilePrefix(key)).map((sms) => sms.number))).toEqual(
    numbers(bySms.map((person) => person.mobile ?? '')),
  );

  const invited = mails.find((mail) => mail.to.includes(`anna@${domain}`));
  if (!invited) throw new Error('Anna got no mail');
  await test.step('the mail is complete', async () => {
    expect(invited.text).toContain('Fire Safety — Level 2');
    expect(invited.html).toContain('Fire Safety — Level 2');
    expect(invited.headers['message-id']).toMatch(/^<.+@.+>$/);
    const calendar = invited.attachments.find((part) => part.content_type === 'text/calendar');
    expect(calendar?.text).toContain('BEGIN:VEVENT');
  });

  await test.step('the answer by the link, without JavaScript, shows in the open consoles', async () => {
    const trainee = await another({ javaScriptEnabled: false });
    await trainee.goto(linkIn(invited.text));
    await expect(trainee.getByRole('heading', { name: 'Fire Safety — Level 2' })).toBeVisible();
    // Opening changes nothing, however often.
    await trainee.reload();
    await expectCount(page, 'Invited and confirmed', 0);
    await trainee.getByRole('button', { name: 'I will attend' }).click();
    await expect(trainee.getByText('You will attend.')).toBeVisible();
    await expectCount(page, 'Invited and confirmed', 1);
    await expectCount(page, 'Invitations sent', 15);
    await expect(block(page, 'Invited and confirmed')).toContainText('Anna Müller');
    await expectCount(colleague, 'Invited and confirmed', 1);

    // Someone who cannot, by the link of the SMS.
    const text = testbed.texts(mobilePrefix(key)).find((sms) => sms.number.endsWith('200'));
    await trainee.goto(linkIn(text?.text ?? ''));
    await trainee.getByRole('button', { name: 'I cannot attend' }).click();
    await expect(trainee.getByText('You cannot attend.')).toBeVisible();
    await expectCount(page, 'Declined', 1);
    await expectCount(page, 'Invitations sent', 14);
  });

  await test.step('resend reaches those in sent and nobody else', async () => {
    const dialog = await sendDialog(page, 'Resend invitations');
    await expect(dialog).toContainText('9 people by e-mail');
    await expect(dialog).toContainText('5 people by SMS');
    await dialog.getByRole('button', { name: 'Resend 14 invitations' }).click();
    await expect(dialog).toBeHidden();
    await sendNow(page);
    await testbed.waitForMails(domain, 19);
    await testbed.waitForTexts(mobilePrefix(key), 11);
    await settled(page);
    const again = testbed.mails(domain).slice(10);
    expect(recipients(again)).toEqual(
      byEmail
        .map((person) => person.email)
        .filter((email) => email !== `anna@${domain}`)
        .sort(),
    );
    const texts = testbed.texts(mobilePrefix(key)).slice(6);
    expect(numbers(texts.map((sms) => sms.number))).toEqual(
      numbers(bySms.map((person) => person.mobile ?? '').filter((number) => !number.endsWith('200'))),
    );
    // The first link still leads to the present state.
    const trainee = await another({ javaScriptEnabled: false });
    await trainee.goto(linkIn(invited.text));
    await expect(trainee.getByText('You will attend.')).toBeVisible();
  });

  expect(await page.evaluate(() => 'notReloaded' in window), 'the console was never reloaded').toBe(true);
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true, viewport: { width: 1180, height: 820 } });

  test('people are dragged by touch, and the list still scrolls', async ({ page, server, database }) => {
    const crowd: Person[] = Array.from({ length: 60 }, (_, n) => ({
      last_name: `Person ${String(n).padStart(2, '0')}`,
      first_name: 'Any',
      email: `p${n}@touch-${database}.test`,
    }));
    await server.importUsers(crowd);
    await signIn(page, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);
    await createTraining(page, 'Touched');
    const panel = await Panel.open(page);
    await panel.expectUsers(61);
    await dragByTouch(page, panel.row(panel.users, 'Any Person 02'), panel.participants);
    await panel.expectParticipants(1);
    await panel.expectUsers(60);
    await expect(panel.row(panel.participants, 'Any Person 02')).toBeVisible();

    await swipe(page, panel.row(panel.users, 'Any Person 05'), -200);
    await expect.poll(() => panel.users.evaluate(scrolled), { message: 'a swipe scrolls' }).toBeGreaterThan(50);
    await panel.expectParticipants(1);
    await dragByTouch(page, panel.row(panel.participants, 'Any Person 02'), panel.users);
    await panel.expectParticipants(0);

    await panel.cancel();
    await expectCount(page, 'Invitations to send', 0);
  });
});

/** How far the list, or what scrolls around it, is scrolled. */
function scrolled(list: Element): number {
  let far = 0;
  for (let at: Element | null = list; at && at !== document.body; at = at.parentElement) far += at.scrollTop;
  return far;
}

/** Nothing is on its way any more. */
async function settled(page: import('@playwright/test').Page): Promise<void> {
  await expect(page.getByRole('main').getByText(/on (its|their) way/)).toHaveCount(0, { timeout: 60_000 });
  await expect(goingOut(page)).toBeHidden({ timeout: 60_000 });
}

function numbers(list: string[]): string[] {
  return list.map((number) => number.replace(/^(\+|00)/, '')).sort();
}
