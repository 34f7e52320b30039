// axe on every screen: light and dark, English and French; and what must not vanish where the system chooses the colours.

import type { Locator } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import { invitationsTab, open, signIn } from '../support/console';
import { Panel } from '../support/panel';
import { DEMO_PASSWORD, expect, newServer, test } from '../support/world';
import { answerScreens, consoleScreens, joinScreens } from '../support/screens';

for (const language of ['en', 'fr'] as const) {
  test.describe(language, () => {
    test.use({ locale: language === 'fr' ? 'fr-FR' : 'en-GB' });

    test('axe finds nothing on any screen', async ({ page, demo, testbed, expectedErrors }) => {
      test.setTimeout(900_000);
      // Pages that say that something is wrong or not there answer so, which the browser logs.
      expectedErrors.push(/status of 4\d\d/);
      // Nothing runs in the frame of a mail, not even what Playwright would have run there.
      expectedErrors.push(/Blocked script execution in 'about:srcdoc'/);
      const stage = { url: demo.url, page, testbed, language, password: DEMO_PASSWORD };
      for (const screen of [...consoleScreens, ...answerScreens, ...joinScreens]) {
        await test.step(screen.name, async () => {
          await screen.show(stage);
          for (const colorScheme of ['light', 'dark'] as const) {
            await page.emulateMedia({ colorScheme });
            await expectAccessible(page, `${screen.name}, ${language}, ${colorScheme}`);
          }
        });
      }
    });

    test('axe finds nothing on the set-up page', async ({ page, testbed }) => {
      const server = await newServer(testbed, 'sqlite');
      await server.start();
      try {
        await page.goto(`${server.url}/set-up?language=${language}`);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          await expectAccessible(page, `set-up, ${language}, ${colorScheme}`);
        }
      } finally {
        await server.stop();
        server.remove();
      }
    });
  });
}

/** What tells an element from its neighbour. */
function look(element: Locator): Promise<string> {
  return element.evaluate((it) => {
    const style = getComputedStyle(it);
    return [style.backgroundColor, style.borderBottomColor, style.outlineStyle, style.outlineColor].join(' ');
  });
}

test('what is chosen stays visible where the system chooses the colours', async ({ page, demo }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await signIn(page, demo.url, 'admin@demo.test', DEMO_PASSWORD);
  await open(page, `${demo.url}/trainings?find=fire`);
  await page.getByRole('main').getByRole('link', { name: 'Fire Safety' }).click();
  await invitationsTab(page).click();
  const tabs = page.getByRole('tab');
  await expect(tabs.nth(1)).toHaveAttribute('aria-selected', 'true');
  expect(await look(tabs.nth(1))).not.toBe(await look(tabs.nth(0)));
  const views = page.getByRole('group', { name: 'View of this training' }).getByRole('link');
  expect(await look(views.nth(0))).not.toBe(await look(views.nth(1)));
  const panel = await Panel.open(page);
  const rows = panel.users.getByRole('option');
  await rows.nth(1).click();
  await expect(rows.nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.mouse.move(0, 0);
  expect(await look(rows.nth(1))).not.toBe(await look(rows.nth(4)));
});
