// What Lighthouse says of the public pages of the release: `cargo xtask lighthouse`.

import { defineConfig } from '@playwright/test';
import journeys from './playwright.config';
import type { WorldOptions } from './support/world';

export default defineConfig<WorldOptions>({
  ...journeys,
  testDir: 'lighthouse',
  testMatch: '*.spec.ts',
  retries: 0,
  projects: [{ name: 'lighthouse', use: { database: 'sqlite' } }],
  use: { ...journeys.use, trace: 'off', screenshot: 'off' },
});
