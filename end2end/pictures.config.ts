// Pictures of every screen, for reviews and the README: `cargo xtask pictures FOLDER`.

import { defineConfig } from '@playwright/test';
import journeys from './playwright.config';

export default defineConfig({
  ...journeys,
  testDir: 'pictures',
  // The guide's are taken by themselves: `cargo xtask pictures --guide`.
  testIgnore: process.env.CONVOKE_GUIDE ? [] : ['guide.spec.ts'],
  projects: [{ name: 'pictures' }],
});
