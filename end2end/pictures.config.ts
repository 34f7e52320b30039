// Pictures of every screen, for reviews and the README: `cargo xtask pictures FOLDER`.

import { defineConfig } from '@playwright/test';
import journeys from './playwright.config';

export default defineConfig({ ...journeys, testDir: 'pictures', projects: [{ name: 'pictures' }] });
