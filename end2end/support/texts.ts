// The words on screens, read from the catalogue: journeys in French find what they need by the same keys.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const LOCALES = join(__dirname, '../../crates/texts/locales');
const catalogues = new Map<string, Map<string, string>>();

/** A text without variables. */
export function text(language: 'en' | 'fr', key: string): string {
  const found = catalogue(language).get(key);
  if (!found) throw new Error(`no text ${key} in ${language}`);
  return found;
}

function catalogue(language: string): Map<string, string> {
  let all = catalogues.get(language);
  if (!all) {
    all = new Map();
    const folder = join(LOCALES, language);
    for (const file of readdirSync(folder)) {
      for (const line of readFileSync(join(folder, file), 'utf8').split('\n')) {
        const entry = /^([a-z][a-z0-9-]*) = (\S.*)$/.exec(line);
        if (entry) all.set(entry[1], entry[2].trim());
      }
    }
    catalogues.set(language, all);
  }
  return all;
}
