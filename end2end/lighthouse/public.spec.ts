// Every public page, by Lighthouse as it judges phones: a slow one (its processor slowed four times) on a slow 4G network. Each page three times; the
// median counts, because a busy machine spoils single runs. Reports go to CONVOKE_REPORTS.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signIn } from '../support/console';
import { codesOf, fillForm, quick } from '../support/join';
import { given, run } from '../support/process';
import { answerScreens } from '../support/screens';
import { DEMO_PASSWORD, expect, test } from '../support/world';

const TODAY = 'Lean Management: Basics';
const RUNS = Number(process.env.CONVOKE_RUNS ?? 3);
/** What is to reach 100. */
const CATEGORIES = { performance: 'performance', accessibility: 'accessibility', 'best-practices': 'best practices' } as const;
const CHROMIUM = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

type Category = keyof typeof CATEGORIES;

interface Report {
  categories: Record<Category, { score: number; auditRefs: { id: string; weight: number }[] }>;
  audits: Record<string, { title: string; score: number | null; numericValue?: number; displayValue?: string }>;
  runtimeError?: { message: string };
}

test('Lighthouse', async ({ page, demo, testbed }) => {
  test.setTimeout(1_800_000);
  const code = (await codesOf(page, demo.url, 'admin@demo.test', DEMO_PASSWORD)).get(TODAY);
  const list = `${demo.url}/join/${code}`;

  await signIn(page, demo.url, 'admin@demo.test', DEMO_PASSWORD);
  const answer = answerScreens.find((screen) => screen.name === 'answer');
  await answer?.show({ url: demo.url, page, testbed, language: 'en', password: DEMO_PASSWORD });
  const invitation = page.url();
  expect(invitation).toContain('/i/');

  // Somebody who has just registered: the space has everything then.
  await page.context().clearCookies();
  await page.goto(`${list}/register`);
  await quick(page);
  await fillForm(page, 'Lucie', 'Light', 'lucie@light.test');
  await page.getByRole('button', { name: 'Register' }).click();
  await expect(page.getByRole('heading', { name: 'Lucie Light' })).toBeVisible();
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  // Nothing else is to use the processor.
  await page.goto('about:blank');

  const pages: [string, string, string?][] = [
    ['Training code', `${demo.url}/join`],
    ['List of a training', list],
    ['Registration form', `${list}/register`],
    ['Training space', `${demo.url}/space`, cookie],
    ['Answering an invitation', invitation],
    ['Sign-in', `${demo.url}/sign-in`],
  ];
  const folder = given('CONVOKE_REPORTS');
  mkdirSync(folder, { recursive: true });
  const short: string[] = [];
  const lines: string[] = [];
  for (const [name, address, sent] of pages) {
    const reports: Report[] = [];
    for (let n = 0; n < RUNS; n++) {
      const file = join(folder, `${name.toLowerCase().replaceAll(' ', '-')}-${n + 1}.json`);
      reports.push(await judge(address, file, sent));
    }
    const score = (report: Report, category: Category) => Math.round(report.categories[category].score * 100);
    const scores = (Object.keys(CATEGORIES) as Category[]).map((category) => {
      const median = middle(reports.map((report) => score(report, category)));
      if (median < 100) {
        const typical = reports.find((report) => score(report, category) === median) ?? reports[0];
        short.push(`${name}, ${CATEGORIES[category]}: ${median} – ${missing(typical, category).join('; ')}`);
      }
      return median;
    });
    const time = (audit: string) => `${middle(reports.map((report) => report.audits[audit].numericValue ?? 0)).toFixed(0)} ms`;
    lines.push(
      `| ${name} | ${scores.join(' | ')} | ${time('first-contentful-paint')} | ${time('largest-contentful-paint')} | ${time('total-blocking-time')} |`,
    );
    console.log(lines.at(-1));
  }
  console.log(
    [
      '',
      `Lighthouse, mobile, medians of ${RUNS}`,
      `| page | ${Object.values(CATEGORIES).join(' | ')} | first paint | largest paint | blocked |`,
      '|---|--:|--:|--:|--:|--:|--:|',
      ...lines,
      '',
    ].join('\n'),
  );
  expect(short, 'below 100').toEqual([]);
});

/** Runs Lighthouse, which starts a browser of its own. */
async function judge(address: string, report: string, cookie?: string): Promise<Report> {
  const headers = `${report}.headers`;
  writeFileSync(headers, JSON.stringify(cookie ? { Cookie: cookie } : {}));
  await run(
    process.execPath,
    [
      join(__dirname, 'node_modules/lighthouse/cli/index.js'),
      address,
      '--output=json',
      `--output-path=${report}`,
      `--only-categories=${Object.keys(CATEGORIES).join(',')}`,
      `--chrome-flags=${CHROMIUM.join(' ')}`,
      `--extra-headers=${headers}`,
      '--no-enable-error-reporting',
      '--quiet',
    ],
    { CHROME_PATH: process.env.CONVOKE_CHROMIUM ?? '/usr/bin/chromium' },
  );
  const found = JSON.parse(readFileSync(report, 'utf8')) as Report;
  if (found.runtimeError) throw new Error(found.runtimeError.message);
  return found;
}

/** The audits that keep a category below 100. */
function missing(report: Report, category: Category): string[] {
  return report.categories[category].auditRefs
    .filter(({ id, weight }) => weight > 0 && (report.audits[id].score ?? 1) < 1)
    .map(({ id }) => `${report.audits[id].title} ${report.audits[id].displayValue ?? ''}`.trim());
}

function middle(numbers: number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
