// Pictures of every screen at three sizes, light and dark, in English and French.

import { join } from 'node:path';
import { DEMO_PASSWORD, expect, test } from '../support/world';
import { answerScreens, consoleScreens, joinScreens } from '../support/screens';
import { given } from '../support/process';

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1180, height: 820 },
  { width: 390, height: 844 },
];

for (const language of ['en', 'fr'] as const) {
  test.describe(language, () => {
    test.use({ locale: language === 'fr' ? 'fr-FR' : 'en-GB' });

    test('pictures', async ({ page, demo, testbed, expectedErrors }) => {
      test.setTimeout(900_000);
      expectedErrors.push(/status of 4\d\d/);
      const folder = given('CONVOKE_PICTURES');
      const stage = { url: demo.url, page, testbed, language, password: DEMO_PASSWORD };
      const failed: string[] = [];
      for (const screen of [...consoleScreens, ...answerScreens, ...joinScreens]) {
        await page.setViewportSize(SIZES[0]);
        try {
          await screen.show(stage);
        } catch (error) {
          failed.push(`${screen.name}: ${error}`);
        }
        for (const size of SIZES) {
          await page.setViewportSize(size);
          for (const colorScheme of ['light', 'dark'] as const) {
            await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
            await page.waitForTimeout(150);
            await page.screenshot({ path: join(folder, `${screen.name}-${size.width}-${colorScheme}-${language}.png`) });
          }
        }
      }
      expect(failed).toEqual([]);
    });
  });
}
