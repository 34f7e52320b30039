// Every screen there is, and how to get there in a demo. Used by the check with axe and by the pictures.

import { type Locator, type Page, expect } from '@playwright/test';
import { hydrated, open } from './console';
import { trainingCodes } from './join';
import { linkIn, stopLinkIn, type Testbed } from './testbed';
import { text } from './texts';

/** Where screens are shown. */
export interface Stage {
  url: string;
  page: Page;
  testbed: Testbed;
  language: 'en' | 'fr';
  password: string;
}

export interface Screen {
  name: string;
  show: (stage: Stage) => Promise<void>;
}

const word = (stage: Stage, key: string) => text(stage.language, key);

function button(stage: Stage, key: string, within: Page | Locator = stage.page): Locator {
  return within.getByRole('button', { name: word(stage, key), exact: true });
}

/** Opens a tab of a training that has people in every block. */
async function training(stage: Stage, tab: string): Promise<void> {
  await open(stage.page, `${stage.url}/trainings`);
  // The list shows counts per block: the busiest training is the most telling.
  const rows = stage.page.getByRole('main').locator('a[href^="/trainings/"]:not([href$="/new"])');
  const addresses = await rows.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  const sizes = await rows.evaluateAll((links) =>
    links.map((link) =>
      (link.closest('tr, li, article')?.textContent ?? link.textContent ?? '').match(/\d+/g)?.length ?? 0,
    ),
  );
  const busiest = sizes.indexOf(Math.max(...sizes));
  await open(stage.page, `${stage.url}${addresses[busiest]}${tab}`);
}

async function invitations(stage: Stage): Promise<void> {
  await training(stage, '/invitations');
  await expect(stage.page.getByRole('region', { name: word(stage, 'state-to-send') })).toBeVisible();
}

async function panel(stage: Stage): Promise<Locator> {
  await invitations(stage);
  await button(stage, 'invitations-choose').first().click();
  const dialog = stage.page.getByRole('dialog', { name: word(stage, 'invitations-choose') });
  await expect(dialog.getByRole('option').first()).toBeVisible();
  return dialog;
}

/** Opens what is known about the first person of a block. */
async function details(stage: Stage, block: string): Promise<void> {
  await invitations(stage);
  const row = stage.page.getByRole('region', { name: word(stage, block) }).getByRole('listitem').first();
  await row.hover();
  await row.getByRole('button').last().click();
  await stage.page.getByRole('menuitem', { name: word(stage, 'invitations-menu-details') }).click();
}

/** The screens of the console, after *Sign in*. */
export const consoleScreens: Screen[] = [
  {
    name: 'sign-in',
    show: async (stage) => {
      await stage.page.goto(`${stage.url}/sign-in?language=${stage.language}`);
      await expect(stage.page.getByLabel(word(stage, 'sign-in-identifier'))).toBeVisible();
    },
  },
  {
    name: 'sign-in-refused',
    show: async (stage) => {
      await stage.page.getByLabel(word(stage, 'sign-in-identifier')).fill('admin@demo.test');
      await stage.page.getByLabel(word(stage, 'sign-in-password')).fill('wrong');
      await button(stage, 'sign-in-submit').click();
      await expect(stage.page.locator('.field-error')).toBeVisible();
    },
  },
  {
    name: 'forgotten-refused',
    show: async (stage) => {
      await stage.page.getByRole('link', { name: word(stage, 'sign-in-forgotten') }).click();
      await button(stage, 'forgotten-submit').click();
      await expect(stage.page.locator('.field-error')).toBeVisible();
    },
  },
  {
    name: 'forgotten-sent',
    show: async (stage) => {
      await stage.page.getByLabel(word(stage, 'sign-in-identifier')).fill('nobody@demo.test');
      await button(stage, 'forgotten-submit').click();
      await expect(stage.page.getByRole('status')).toHaveText(word(stage, 'forgotten-sent'));
    },
  },
  {
    name: 'trainings',
    show: async (stage) => {
      await stage.page.getByRole('link', { name: word(stage, 'forgotten-back') }).click();
      await stage.page.getByLabel(word(stage, 'sign-in-identifier')).fill('admin@demo.test');
      await stage.page.getByLabel(word(stage, 'sign-in-password')).fill(stage.password);
      await button(stage, 'sign-in-submit').click();
      await hydrated(stage.page);
      await useLanguage(stage);
      await open(stage.page, `${stage.url}/trainings`);
      await expect(stage.page.getByRole('heading', { level: 1 })).toBeVisible();
    },
  },
  {
    name: 'trainings-empty',
    show: async (stage) => {
      await stage.page.getByRole('searchbox').first().fill('zzzz');
      await expect(stage.page.getByRole('main')).toContainText('zzzz');
    },
  },
  {
    name: 'training-new',
    show: async (stage) => {
      await open(stage.page, `${stage.url}/trainings/new`);
      await expect(stage.page.getByLabel(word(stage, 'training-title'), { exact: true })).toBeVisible();
    },
  },
  {
    name: 'training-new-problems',
    show: async (stage) => {
      await button(stage, 'training-create').click();
      await expect(stage.page.locator('.field-error').first()).toBeVisible();
    },
  },
  {
    name: 'trainers-panel',
    show: async (stage) => {
      await open(stage.page, `${stage.url}/trainings/new`);
      await button(stage, 'training-trainers-choose').click();
      const dialog = stage.page.getByRole('dialog', { name: word(stage, 'panel-title-trainers') });
      await dialog.getByRole('option').first().dblclick();
      await expect(dialog.locator('.panel-sum strong')).toHaveText('1');
    },
  },
  { name: 'training', show: (stage) => training(stage, '') },
  { name: 'training-participants', show: (stage) => training(stage, '/participants') },
  { name: 'training-attendance', show: (stage) => training(stage, '/attendance') },
  { name: 'training-trainer-view', show: (stage) => training(stage, '?view=trainer') },
  { name: 'invitations-hidden', show: (stage) => training(stage, '/invitations?view=trainer') },
  { name: 'invitations', show: invitations },
  {
    name: 'paste',
    show: async (stage) => {
      await invitations(stage);
      await button(stage, 'paste-title').click();
      await stage.page.locator('#paste-text').fill('admin@demo.test\n"Öztürk, Elif" <elif@paste.test>\n06 39 98 12 34\nnonsense');
    },
  },
  {
    name: 'paste-found',
    show: async (stage) => {
      await button(stage, 'paste-check').click();
      await expect(stage.page.locator('#paste-found')).toBeVisible();
    },
  },
  {
    name: 'send-dialog',
    show: async (stage) => {
      await invitations(stage);
      await button(stage, 'invitations-send').click();
      const dialog = stage.page.getByRole('dialog', { name: word(stage, 'send-title') });
      await expect(dialog).not.toContainText(word(stage, 'send-planning'));
    },
  },
  {
    name: 'resend-dialog',
    show: async (stage) => {
      await invitations(stage);
      await button(stage, 'invitations-resend').click();
      const dialog = stage.page.getByRole('dialog', { name: word(stage, 'resend-title') });
      await expect(dialog).not.toContainText(word(stage, 'send-planning'));
    },
  },
  {
    name: 'send-later',
    show: async (stage) => {
      await invitations(stage);
      await button(stage, 'invitations-resend').click();
      const dialog = stage.page.getByRole('dialog', { name: word(stage, 'resend-title') });
      await dialog.getByLabel(word(stage, 'send-later')).check();
      await dialog.locator('#send-at').fill('2031-01-01T09:00');
    },
  },
  {
    name: 'reminders',
    show: async (stage) => {
      await invitations(stage);
      await stage.page.getByRole('button', { name: word(stage, 'reminders-title') }).click();
      const dialog = stage.page.getByRole('dialog', { name: word(stage, 'reminders-title') });
      await dialog.locator('#reminder-days').fill('1');
      await dialog.getByRole('button', { name: word(stage, 'reminder-plan'), exact: true }).click();
      await expect(dialog.getByRole('listitem')).toBeVisible();
    },
  },
  {
    name: 'import-in-training',
    show: async (stage) => {
      await invitations(stage);
      await button(stage, 'invitations-import').click();
      await expect(stage.page.getByRole('dialog', { name: word(stage, 'invitations-import') })).toBeVisible();
    },
  },
  {
    name: 'panel',
    show: async (stage) => {
      const dialog = await panel(stage);
      const rows = dialog.getByRole('listbox').first().getByRole('option');
      await rows.nth(1).click();
      await rows.nth(3).click({ modifiers: ['Shift'] });
    },
  },
  {
    name: 'panel-changed',
    show: async (stage) => {
      const dialog = stage.page.getByRole('dialog');
      const rows = dialog.getByRole('listbox').first().getByRole('option');
      await rows.nth(2).dblclick();
      await expect(dialog).toContainText('+');
    },
  },
  {
    name: 'panel-nobody',
    show: async (stage) => {
      const dialog = await panel(stage);
      await dialog.getByRole('searchbox').fill('zzzz');
      await expect(dialog.getByRole('listbox').first().getByRole('option')).toHaveCount(0);
    },
  },
  {
    name: 'story-dialog',
    show: async (stage) => {
      await details(stage, 'state-confirmed');
      const dialog = stage.page.getByRole('dialog');
      await expect(dialog.getByRole('heading', { name: word(stage, 'story-lines') })).toBeVisible();
    },
  },
  {
    name: 'settings',
    show: async (stage) => {
      await open(stage.page, `${stage.url}/settings`);
      await expect(stage.page.getByRole('switch').first()).toBeVisible();
    },
  },
  {
    name: 'registration-option-off',
    show: async (stage) => {
      const option = stage.page.getByRole('switch', { name: word(stage, 'settings-login-codes') });
      if (await option.isChecked()) {
        await option.click();
        await button(stage, 'training-save').click();
        await expect(stage.page.getByText(word(stage, 'registration-all-saved'), { exact: true })).toBeVisible();
      }
      await training(stage, '/registration');
      await expect(button(stage, 'registration-option-switch-on')).toBeVisible();
    },
  },
  {
    name: 'registration-not-offered',
    show: async (stage) => {
      await button(stage, 'registration-option-switch-on').click();
      const offer = stage.page.getByRole('switch', { name: word(stage, 'registration-offer') });
      await expect(offer).toBeVisible();
    },
  },
  {
    name: 'registration',
    show: async (stage) => {
      const offer = stage.page.getByRole('switch', { name: word(stage, 'registration-offer') });
      if (!(await offer.isChecked())) await offer.click();
      await expect(stage.page.getByRole('heading', { name: word(stage, 'code-title') })).toBeVisible();
    },
  },
  {
    name: 'registration-renew',
    show: async (stage) => {
      await button(stage, 'code-renew').click();
      await expect(stage.page.getByRole('dialog', { name: word(stage, 'code-renew-title') })).toBeVisible();
    },
  },
  {
    name: 'form-builder-empty',
    show: async (stage) => {
      await training(stage, '/registration/form');
      await expect(stage.page.getByRole('heading', { name: word(stage, 'form-add') })).toBeVisible();
    },
  },
  {
    name: 'form-builder',
    show: async (stage) => {
      const kinds = ['short-text', 'email', 'mobile', 'number', 'date', 'long-text', 'several-choices', 'tick-box'];
      for (const kind of [...kinds, 'one-choice']) await button(stage, `kind-${kind}`).click();
      await expect(stage.page.locator('.choice-row')).toHaveCount(2);
    },
  },
  {
    name: 'form-builder-problems',
    show: async (stage) => {
      await button(stage, 'form-publish').click();
      await expect(stage.page.locator('.field-error').first()).toBeVisible();
    },
  },
  {
    name: 'form-builder-leave',
    show: async (stage) => {
      await stage.page.getByRole('navigation').getByRole('link', { name: word(stage, 'nav-people') }).click();
      const dialog = stage.page.getByRole('dialog', { name: word(stage, 'form-leave-title') });
      await expect(dialog).toBeVisible();
    },
  },
  {
    name: 'poster',
    show: async (stage) => {
      await button(stage, 'form-leave', stage.page.getByRole('dialog')).click();
      await training(stage, '/registration');
      const poster = stage.page.getByRole('link', { name: word(stage, 'code-poster') });
      await stage.page.goto(`${stage.url}${await poster.getAttribute('href')}?language=${stage.language}`);
      await expect(stage.page.getByRole('img')).toBeVisible();
    },
  },
  { name: 'registration-hidden', show: (stage) => training(stage, '/registration?view=trainer') },
  {
    name: 'documents',
    show: async (stage) => {
      await training(stage, '/documents');
      await button(stage, 'documents-add-link').click();
      const dialog = stage.page.getByRole('dialog');
      await dialog.getByRole('textbox').first().fill('Handbook');
      await dialog.getByRole('textbox').last().fill('https://example.org/handbook');
      await button(stage, 'documents-link-submit', dialog).click();
      await expect(stage.page.getByRole('link', { name: 'Handbook' })).toBeVisible();
    },
  },
  {
    name: 'documents-delete',
    show: async (stage) => {
      await stage.page.locator('.document-actions > .icon-button').first().click();
      await expect(stage.page.getByRole('dialog')).toBeVisible();
    },
  },
  { name: 'people', show: async (stage) => open(stage.page, `${stage.url}/people`) },
  {
    name: 'people-similar',
    show: async (stage) => {
      await open(stage.page, `${stage.url}/people?search=fontiane`);
      await expect(stage.page.getByText(word(stage, 'similar'), { exact: true }).first()).toBeVisible();
    },
  },
  {
    name: 'people-past',
    show: async (stage) => {
      await open(stage.page, `${stage.url}/people`);
      await stage.page.getByRole('button', { name: new RegExp(`^${word(stage, 'filter-past')}`) }).click();
      await expect(stage.page.getByRole('combobox').first()).toBeVisible();
    },
  },
  {
    name: 'people-ticked',
    show: async (stage) => {
      await open(stage.page, `${stage.url}/people`);
      await stage.page.getByRole('listitem').getByRole('checkbox').first().check();
      await expect(stage.page.locator('.bulk-bar')).toBeVisible();
    },
  },
  {
    name: 'people-join',
    show: async (stage) => {
      await button(stage, 'bulk-join').click();
      await expect(stage.page.getByRole('dialog').getByRole('checkbox').first()).toBeVisible();
    },
  },
  {
    name: 'people-invite',
    show: async (stage) => {
      await open(stage.page, `${stage.url}/people`);
      await stage.page.getByRole('checkbox', { name: word(stage, 'bulk-all'), exact: true }).check();
      await button(stage, 'bulk-invite').click();
      const dialog = stage.page.getByRole('dialog');
      await expect(dialog.locator('.send-line').first()).toBeVisible();
    },
  },
  {
    name: 'person-refused',
    show: async (stage) => {
      await open(stage.page, `${stage.url}/people/new`);
      await button(stage, 'person-create').click();
      await expect(stage.page.locator('.field-error').first()).toBeVisible();
    },
  },
  {
    name: 'person',
    show: async (stage) => {
      await open(stage.page, `${stage.url}/people?search=chlo`);
      await stage.page.locator('a.person-name').first().click();
      await expect(stage.page.locator('.person-trainings')).toBeVisible();
      await stage.page.locator('#role').selectOption('authorised');
      await expect(stage.page.locator('.person-access .filter-menu, .person-access [aria-expanded]').first()).toBeVisible();
    },
  },
  {
    name: 'person-merge',
    show: async (stage) => {
      await button(stage, 'merge-open').click();
      const dialog = stage.page.getByRole('dialog', { name: word(stage, 'merge-title') });
      await dialog.getByRole('searchbox').fill('an');
      await expect(dialog.locator('.candidate').nth(1)).toBeVisible();
    },
  },
  {
    name: 'person-merge-compare',
    show: async (stage) => {
      const dialog = stage.page.getByRole('dialog', { name: word(stage, 'merge-title') });
      await dialog.locator('.candidate').nth(1).click();
      await expect(dialog.locator('.merge-table')).toBeVisible();
    },
  },
  {
    name: 'person-story',
    show: async (stage) => {
      await details(stage, 'state-sent');
      await stage.page.getByRole('dialog').getByRole('link', { name: word(stage, 'story-everything') }).click();
      await expect(stage.page.locator('.history-list .history-what').first()).toContainText(/\S/);
    },
  },
  {
    name: 'person-story-message',
    show: async (stage) => {
      await stage.page.locator('.history-message').first().click();
      await expect(stage.page.getByRole('dialog').locator('.message-paper')).toBeVisible();
    },
  },
  {
    name: 'groups',
    show: async (stage) => {
      await open(stage.page, `${stage.url}/people/groups`);
      await stage.page.locator('.names-row').first().getByRole('button').last().click();
      await expect(stage.page.locator('.names-ask')).toBeVisible();
    },
  },
  {
    name: 'group-members',
    show: async (stage) => {
      await open(stage.page, `${stage.url}/people/groups`);
      await stage.page.locator('.names-row').first().getByRole('button').first().click();
      await expect(stage.page.getByRole('dialog').getByRole('option').first()).toBeVisible();
    },
  },
  {
    name: 'import',
    show: async (stage) => {
      await open(stage.page, `${stage.url}/people/import`);
      await stage.page
        .locator('input[type=file]')
        .setInputFiles({ name: 'people.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') });
      await expect(stage.page.locator('.field-error')).toHaveText(word(stage, 'imports-kind'));
    },
  },
  {
    name: 'import-columns',
    show: async (stage) => {
      const lines = [
        'Nom;Prénom;Courriel;Mobile;Service',
        'Lefèvre;Zoé;zoe@import.test;06 39 98 12 34;Logistique',
        'Nguyen;Bảo;bao@import.test;;Qualité',
        'Faux;Paul;nowhere;;Qualité',
      ];
      await stage.page
        .locator('input[type=file]')
        .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\r\n')) });
      await expect(stage.page.locator('.import-columns tbody tr')).toHaveCount(5);
      await stage.page.locator('.import-columns select').nth(4).selectOption('last_name');
      await expect(stage.page.locator('.field-error').first()).toBeVisible();
    },
  },
  {
    name: 'import-checked',
    show: async (stage) => {
      await stage.page.locator('.import-columns select').nth(4).selectOption('groups');
      await button(stage, 'imports-check').click();
      await expect(stage.page.getByRole('heading', { name: word(stage, 'imports-found') })).toBeVisible();
    },
  },
  {
    name: 'import-done',
    show: async (stage) => {
      await stage.page.locator('.import-one .button-primary').click();
      await expect(stage.page.getByRole('heading', { name: word(stage, 'imports-done') })).toBeVisible();
      await button(stage, 'imports-undo').click();
      await expect(button(stage, 'panel-cancel')).toBeVisible();
    },
  },
  {
    name: 'import-undone',
    show: async (stage) => {
      await button(stage, 'imports-undo').click();
      await expect(stage.page.getByRole('heading', { name: word(stage, 'imports-undone') })).toBeVisible();
    },
  },
  {
    name: 'import-latest',
    show: async (stage) => {
      await open(stage.page, `${stage.url}/people/import`);
      await expect(stage.page.locator('.import-row').first()).toBeVisible();
    },
  },
  {
    name: 'sender',
    show: async (stage) => {
      await open(stage.page, `${stage.url}/settings/sender`);
      await expect(stage.page.locator('.sender-finding').first()).toBeVisible({ timeout: 30_000 });
    },
  },
  {
    name: 'history',
    show: async (stage) => {
      await open(stage.page, `${stage.url}/settings/history`);
      await expect(stage.page.getByRole('listitem').first()).toContainText(/\S/);
    },
  },
  {
    name: 'texts',
    show: async (stage) => {
      await open(stage.page, `${stage.url}/settings/texts`);
      await expect(stage.page.locator('iframe')).toBeVisible();
    },
  },
  {
    name: 'texts-sms-refused',
    show: async (stage) => {
      await open(stage.page, `${stage.url}/settings/texts`);
      await button(stage, 'text-tab-sms').click();
      await stage.page.locator('#text-body').fill('êê {nothing}');
      await button(stage, 'text-save').click();
      await expect(stage.page.locator('#text-body-error')).toBeVisible();
      await expect(stage.page.locator('.sms-cost')).toBeVisible();
    },
  },
  {
    name: 'texts-of-a-training',
    show: async (stage) => {
      await stage.page.locator('#text-body').fill('');
      await button(stage, 'text-discard').click();
      await training(stage, '/invitations/texts');
      await expect(stage.page.locator('iframe')).toBeVisible();
    },
  },
  { name: 'messages', show: async (stage) => open(stage.page, `${stage.url}/messages`) },
  {
    name: 'messages-bounced',
    show: async (stage) => {
      await open(stage.page, `${stage.url}/messages?state=bounced`);
      await expect(stage.page.getByRole('row').nth(1)).toBeVisible();
    },
  },
  {
    name: 'messages-none',
    show: async (stage) => {
      await open(stage.page, `${stage.url}/messages?state=uncertain&search=nobody`);
      await expect(stage.page.getByText(word(stage, 'messages-empty-filter'))).toBeVisible();
    },
  },
  {
    name: 'repair',
    show: async (stage) => {
      await open(stage.page, `${stage.url}/messages?state=bounced`);
      await button(stage, 'messages-repair').or(stage.page.locator('.messages-repair')).first().click();
      await expect(stage.page.getByRole('dialog').locator('#repair-email')).toBeVisible();
    },
  },
  {
    name: 'repair-refused',
    show: async (stage) => {
      await stage.page.locator('#repair-email').fill('anna@');
      await stage.page.locator('#repair-email').press('Enter');
      await expect(stage.page.locator('#repair-email-error')).toBeVisible();
    },
  },
  { name: 'not-found', show: async (stage) => open(stage.page, `${stage.url}/nowhere`) },
  // The last one, because it writes to people.
  {
    name: 'batches',
    show: async (stage) => {
      await invitations(stage);
      await button(stage, 'invitations-resend').click();
      const dialog = stage.page.getByRole('dialog', { name: word(stage, 'resend-title') });
      await expect(dialog).not.toContainText(word(stage, 'send-planning'));
      await dialog.locator('.dialog-foot .button-primary').click();
      await expect(dialog).toBeHidden();
      await expect(stage.page.getByRole('region', { name: word(stage, 'batches-title') })).toBeVisible();
    },
  },
];

/** The button of an answer, in whatever language its reader has. */
function answerButton(stage: Stage, answer: 'attend' | 'decline'): Locator {
  return stage.page.locator(`form:has(input[name=answer][value=${answer}]) button`);
}

/** The page behind the link of an invitation, in its states. Sends real invitations. */
export const answerScreens: Screen[] = [
  {
    name: 'answer',
    show: async (stage) => {
      await invitations(stage);
      await button(stage, 'invitations-send').click();
      const dialog = stage.page.getByRole('dialog', { name: word(stage, 'send-title') });
      await dialog.getByRole('button', { name: /\d/ }).last().click();
      await expect(dialog).toBeHidden();
      const mail = await stage.testbed.mailFrom(stage.url);
      await stage.page.goto(linkIn(mail.text));
      await expect(stage.page.locator('form button').first()).toBeVisible();
    },
  },
  {
    name: 'answer-confirmed',
    show: async (stage) => {
      await answerButton(stage, 'attend').click();
      await expect(stage.page.getByRole('status')).toBeVisible();
    },
  },
  {
    name: 'answer-declined',
    show: async (stage) => {
      await answerButton(stage, 'decline').click();
      await expect(stage.page.getByRole('status')).toBeVisible();
    },
  },
  {
    name: 'stop',
    show: async (stage) => {
      const mail = await stage.testbed.mailFrom(stage.url);
      await stage.page.goto(stopLinkIn(mail.text));
      await expect(stage.page.getByRole('heading', { level: 1 })).toBeVisible();
    },
  },
  {
    name: 'stopped',
    show: async (stage) => {
      await stage.page.locator('form button').click();
      await expect(stage.page.getByRole('status')).toBeVisible();
    },
  },
  { name: 'stop-unknown', show: async (stage) => void (await stage.page.goto(`${stage.url}/stop/unknown`)) },
  { name: 'answer-unknown', show: async (stage) => void (await stage.page.goto(`${stage.url}/i/unknown`)) },
];

/** The list behind the training code of the training that runs today. The browser is signed in as who administers it. */
async function list(stage: Stage, rest = ''): Promise<void> {
  const codes = await trainingCodes(stage.page.request, stage.url);
  const code = codes.get('Lean Management: Basics');
  if (!code) throw new Error('the training that runs today is not offered with a code');
  await stage.page.goto(`${stage.url}/join/${code}${rest}`);
}

/** The public pages behind a training code, after the console's screens. */
export const joinScreens: Screen[] = [
  {
    name: 'join-code',
    show: async (stage) => void (await stage.page.goto(`${stage.url}/join?language=${stage.language}`)),
  },
  { name: 'join-unknown', show: async (stage) => void (await stage.page.goto(`${stage.url}/join/K7PM4XRD`)) },
  { name: 'join-list', show: (stage) => list(stage) },
  { name: 'join-nobody', show: (stage) => list(stage, '?find=xyzzy') },
  { name: 'join-form', show: (stage) => list(stage, '/register') },
  {
    name: 'join-form-problems',
    show: async (stage) => {
      await button(stage, 'join-register').click();
      await expect(stage.page.locator('.field-error').filter({ visible: true }).first()).toBeVisible();
    },
  },
  { name: 'join-lock', show: (stage) => list(stage, '/lock') },
  {
    name: 'space',
    show: async (stage) => {
      await list(stage);
      await stage.page.locator('.join-person').first().click();
      await expect(button(stage, 'space-next')).toBeVisible();
    },
  },
  {
    name: 'space-here',
    show: async (stage) => {
      await button(stage, 'space-here').click();
      await expect(stage.page.locator('.space-present')).toBeVisible();
    },
  },
  {
    name: 'space-nobody',
    show: async (stage) => {
      await stage.page.context().clearCookies({ name: 'convoke-space' });
      await stage.page.goto(`${stage.url}/space`);
    },
  },
  { name: 'space-goodbye', show: async (stage) => void (await stage.page.goto(`${stage.url}/space/goodbye`)) },
];

/** Chooses the language in the menu of the account: a person's own setting counts more than the browser's. */
async function useLanguage(stage: Stage): Promise<void> {
  if ((await stage.page.locator('html').getAttribute('lang')) === stage.language) return;
  await stage.page.locator('[popovertarget=account-menu]').click();
  await stage.page.locator(`#account-menu button[lang=${stage.language}]`).click();
  await expect(stage.page.locator('html')).toHaveAttribute('lang', stage.language);
  await hydrated(stage.page);
}
