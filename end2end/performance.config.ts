// How the panel and the grid of attendance feel on a slow machine: `cargo xtask bench browser`.

import { defineConfig } from '@playwright/test';
import journeys from './playwright.config';

export default defineConfig({
  ...journeys,
  testDir: 'performance',
  retries: 0,
  projects: [{ name: 'performance', use: { database: 'sqlite' } }],
  // A trace takes pictures all the time, which is what is measured then.
  use: { ...journeys.use, trace: 'off', screenshot: 'off' },
});
