// axe on every screen: light and dark, English and French.

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { DEMO_PASSWORD, expect, newServer, test } from '../support/world';
import { answerScreens, consoleScreens, joinScreens } from '../support/screens';

async function expectAccessible(page: Page, what: string): Promise<void> {
  // Colours in the middle of a transition are nobody's colours.
  await page.evaluate(() => Promise.all(document.getAnimations().map((motion) => motion.finished.catch(() => {}))));
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const found = violations.map(({ id, help, nodes }) => {
    const places = nodes.slice(0, 4).map((node) => `    ${node.target.join(' ')}: ${node.failureSummary}`);
    return [`${id}: ${help}`, ...places].join('\n');
  });
  expect.soft(found, what).toEqual([]);
}

for (const language of ['en', 'fr'] as const) {
  test.describe(language, () => {
    test.use({ locale: language === 'fr' ? 'fr-FR' : 'en-GB' });

    test('axe finds nothing on any screen', async ({ page, demo, testbed, expectedErrors }) => {
      test.setTimeout(400_000);
      // Pages that say that something is wrong or not there answer so, which the browser logs.
      expectedErrors.push(/status of 4\d\d/);
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
