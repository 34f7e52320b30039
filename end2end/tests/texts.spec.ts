// Message texts: written, refused, looked at, tried out, and sent.

import { ADMINISTRATOR, expect, test } from '../support/world';
import { createTraining, hydrated, open, sendDialog, signIn } from '../support/console';
import { Panel } from '../support/panel';
import { linkIn } from '../support/testbed';

test('an administrator writes an invitation, and it is what arrives', async ({ page, server, testbed, database, another, expectedErrors }) => {
  test.setTimeout(180_000);
  // In the frame of a mail nothing runs, not even what Playwright would have run there; and a colleague is faster on purpose.
  expectedErrors.push(/Blocked script execution in 'about:srcdoc'/, /status of 409/);
  const domain = `texts-${database}.test`;
  await server.importUsers([
    { last_name: 'Dupont', first_name: 'Chloé', email: `chloe@${domain}`, language: 'fr' },
    { last_name: 'Braun', first_name: 'Émile', email: `emile@${domain}`, language: 'fr' },
  ]);
  await signIn(page, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByLabel('Name of the sender').fill('Académie Convoke');
  await page.getByLabel('Answers go to').fill(`office@${domain}`);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('The settings are saved.').first()).toBeVisible();
  await page.getByRole('link', { name: 'Message texts' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Message texts' })).toBeVisible();

  const languages = page.getByRole('group', { name: 'Language of the text' });
  const channels = page.getByRole('group', { name: 'E-mail or SMS' });
  const subject = page.getByRole('textbox', { name: 'Subject' });
  const body = page.getByRole('textbox', { name: 'Text', exact: true });
  const save = page.getByRole('button', { name: 'Save', exact: true });
  const preview = page.getByRole('region', { name: 'Preview' });

  await test.step('an SMS without its link is refused at the field', async () => {
    await channels.getByRole('button', { name: 'SMS' }).click();
    await languages.getByRole('button', { name: 'Français' }).click();
    await expect(page.getByText('Built-in text')).toBeVisible();
    await expect(subject).toBeHidden();
    await body.fill('Venez à {titre} !');
    await save.click();
    await expect(body).toBeFocused();
    await expect(body).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByText('The personal link is missing: without {lien} nobody can answer.')).toBeVisible();
    await body.fill('Venez à {titre} ! {lieen}');
    await expect(page.getByText('There is no placeholder {lieen} in this message.')).toBeVisible();
  });

  await test.step('by keyboard, the link is put where the cursor is; what it costs is told', async () => {
    await body.fill('Venez : ');
    await expect(preview.getByText(/^One SMS/)).toBeVisible();
    await expect(preview.getByText(/The usual alphabet/)).toBeVisible();
    await page.getByRole('button', { name: /^Personal link/ }).focus();
    await page.keyboard.press('Enter');
    await expect(body).toBeFocused();
    await expect(body).toHaveValue('Venez : {lien}');
    await page.keyboard.type(', êtes-vous là ?');
    await expect(body).toHaveValue('Venez : {lien}, êtes-vous là ?');
    await expect(preview.getByText(/Dear, because of “ê”/)).toBeVisible();
    await save.click();
    await expect(page.getByText('The text is saved.').first()).toBeVisible();
    await expect(page.getByText('Your own text').first()).toBeVisible();
  });

  await test.step('an e-mail in French, with its preview in both parts', async () => {
    await channels.getByRole('button', { name: 'E-mail' }).click();
    await expect(subject).toHaveValue('Invitation\u00a0: {titre}');
    await subject.fill('');
    await page.getByRole('button', { name: /^Title of the training/ }).click();
    await expect(subject).toHaveValue('{titre}');
    await subject.fill('On vous attend : {titre}');
    await body.fill('Chère {prénom}, cher {prénom},\n\n<b>venez</b> donc !\nVoici : {lien}');
    const frame = preview.frameLocator('iframe');
    await expect(frame.getByText('Chère Nadia, cher Nadia,')).toBeVisible();
    await expect(frame.getByText('<b>venez</b> donc !')).toBeVisible();
    // The frame has the look of a mail, and nothing in it leads anywhere.
    await expect(frame.locator('.card')).toHaveCSS('border-radius', '12px');
    await expect(frame.locator('a[href]')).toHaveCount(0);
    await preview.getByRole('button', { name: 'As plain text' }).click();
    await expect(preview.getByText('Participerez-vous ?')).toBeVisible();
  });

  await test.step('leaving with what is not saved asks first', async () => {
    await page.getByRole('link', { name: 'Trainings' }).click();
    const question = page.getByRole('dialog', { name: 'Leave without saving?' });
    await expect(question).toBeVisible();
    await question.getByRole('button', { name: 'Keep editing' }).click();
    await expect(subject).toHaveValue('On vous attend : {titre}');
  });

  await test.step('a test goes to oneself, marked as one, with a link that does nothing', async () => {
    await page.getByRole('button', { name: 'Send a test message to myself' }).click();
    await expect(page.getByText(`A test message is on its way to ${ADMINISTRATOR.email}.`).first()).toBeVisible();
    const mail = await testbed.mailFrom(server.url);
    expect(mail.to).toEqual([ADMINISTRATOR.email]);
    expect(mail.headers.subject).toMatch(/^\[Test\] On vous attend : /);
    const other = await another();
    await other.goto(linkIn(mail.text));
    await expect(other.getByRole('heading', { name: 'This was a test' })).toBeVisible();
  });

  await test.step('a colleague who saved meanwhile is not overwritten', async () => {
    const colleague = await another();
    await signIn(colleague, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);
    await open(colleague, `${server.url}/settings/texts`);
    const theirs = colleague.getByRole('textbox', { name: 'Text', exact: true });
    await colleague.getByRole('button', { name: 'Français' }).click();
    await theirs.fill('Du collègue');
    await colleague.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(colleague.getByText('The text is saved.').first()).toBeVisible();
    await save.click();
    await expect(page.getByText('Somebody else has changed this text meanwhile.')).toBeVisible();
    await expect(page.getByText('Du collègue')).toBeVisible();
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await save.click();
    await expect(page.getByText('The text is saved.').first()).toBeVisible();
    await expect(page.getByText('Everything is saved.')).toBeVisible();
  });

  await test.step('the training has a subject of its own, and goes back to the organisation’s', async () => {
    await createTraining(page, 'Sécurité');
    await page.getByRole('link', { name: 'Message texts' }).click();
    await expect(page).toHaveURL(/\/invitations\/texts$/);
    await page.getByRole('button', { name: 'Français' }).click();
    await expect(page.getByText('Text of the organisation', { exact: true })).toBeVisible();
    await subject.fill('Autre chose');
    await save.click();
    await expect(page.getByText('Text of this training', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Back to the text of the organisation' }).click();
    await page.getByRole('button', { name: 'Back to the text of the organisation' }).click();
    await expect(subject).toHaveValue('On vous attend : {titre}');
    await page.getByRole('tab', { name: /^Invitations/ }).click();
  });

  await test.step('each of those chosen is looked at before sending, and reads it', async () => {
    const panel = await Panel.open(page);
    await panel.find('chlo', 1);
    await panel.row(panel.users, 'Chloé Dupont').dblclick();
    await panel.find('braun', 1);
    await panel.row(panel.users, 'Émile Braun').dblclick();
    await panel.button('Validate').click();
    await expect(panel.dialog).toBeHidden();
    const dialog = await sendDialog(page, 'Send invitations');
    const frame = dialog.frameLocator('iframe');
    await expect(frame.getByText('Chère Émile, cher Émile,')).toBeVisible();
    await expect(dialog.getByText('1 of 2')).toBeVisible();
    await dialog.getByRole('button', { name: 'The next person' }).click();
    await expect(frame.getByText('Chère Chloé, cher Chloé,')).toBeVisible();
    await expect(dialog.getByText('2 of 2')).toBeVisible();
    await dialog.getByRole('searchbox', { name: 'Find somebody' }).fill('emile');
    await expect(frame.getByText('Chère Émile, cher Émile,')).toBeVisible();
    await dialog.getByRole('searchbox', { name: 'Find somebody' }).fill('nobody');
    await expect(dialog.getByText('Nobody of these is called so.')).toBeVisible();
    await dialog.getByRole('button', { name: /^Send 2/ }).click();
    const mails = await testbed.waitForMails(domain, 2);
    const chloe = mails.find((mail) => mail.to[0].startsWith('chloe'))!;
    expect(chloe.headers.subject).toBe('On vous attend : Sécurité');
    expect(chloe.text).toContain('Chère Chloé, cher Chloé,');
    expect(chloe.text).toContain('<b>venez</b> donc !');
    expect(chloe.html).toContain('&lt;b&gt;venez');
    expect(chloe.headers.from).toContain('Académie Convoke');
    expect(chloe.headers.from).toContain('<convoke@convoke.test>');
    expect(chloe.headers['reply-to']).toContain(`office@${domain}`);
    const reader = await another();
    await reader.goto(linkIn(chloe.text));
    await expect(reader.getByText('Sécurité').first()).toBeVisible();
  });

  await test.step('the history says who wrote', async () => {
    await open(page, `${server.url}/settings/history`);
    await hydrated(page);
    await expect(page.getByText('wrote a message text: Invitation, SMS, FR').first()).toBeVisible();
    await expect(page.getByText('went back to the text beneath: Invitation, e-mail, FR').first()).toBeVisible();
  });
});
