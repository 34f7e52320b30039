import { defineConfig } from '@playwright/test';
import type { WorldOptions } from './support/world';

const CHROMIUM = process.env.CONVOKE_CHROMIUM ?? '/usr/bin/chromium';

export default defineConfig<WorldOptions>({
  testDir: 'tests',
  // Each test has its own server and database, and waits a good part of its time: two cores carry two of them.
  workers: 2,
  timeout: 300_000,
  expect: { timeout: 20_000 },
  // A journey that needs its second try is reported as flaky, with its trace.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: !!process.env.CI,
  reporter: [['list']],
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
    viewport: { width: 1440, height: 900 },
    // What cannot be pressed is said long before the journey's time is up.
    actionTimeout: 30_000,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: CHROMIUM,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'sqlite', use: { database: 'sqlite' } },
    // What touches the database most, on the other one too.
    {
      name: 'postgres',
      use: { database: 'postgres' },
      testMatch: /(main|large|registration|links|offline)\.spec\.ts/,
      // What is about the browser alone, and the ten tablets, which the tests of `service` send to both.
      grepInvert: /ten tablets|never answers|both languages|another site|own switch|offers to install|installing|earlier release|axe/,
    },
  ],
});
