// axe, as all screens are looked at.

import AxeBuilder from '@axe-core/playwright';
import { type Page, expect } from '@playwright/test';

/** Nothing that axe knows of is wrong with the page; with `part`, with what that selector finds. */
export async function expectAccessible(page: Page, what: string, part = 'html'): Promise<void> {
  // Colours in the middle of a transition are nobody's colours.
  await page.evaluate(() => Promise.all(document.getAnimations().map((motion) => motion.finished.catch(() => {}))));
  const { violations } = await new AxeBuilder({ page })
    .include(part)
    // In the frame of a mail nothing runs, axe neither: it would wait for ever. What stands in it is checked by crates/delivery/tests/mail_html.rs.
    .exclude('iframe')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const found = violations.map(({ id, help, nodes }) => {
    const places = nodes.slice(0, 4).map((node) => `    ${node.target.join(' ')}: ${node.failureSummary}`);
    return [`${id}: ${help}`, ...places].join('\n');
  });
  expect.soft(found, what).toEqual([]);
}
