// Releases of one program: the same site under other names, as `cargo xtask dist` names files.

import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { given } from './process';

/** A site folder that a server can be started with. */
export interface Release {
  folder: string;
  /** As the server names it to pages. */
  build: string;
  /** The hashed names in `pkg`. */
  files: string[];
}

/** Key in `hash.txt`, name of the build, and what can be added without changing what it does. */
const FILES: [string, string, (mark: string) => string | Uint8Array][] = [
  ['js', 'convoke.js', (mark) => `\n// ${mark}`],
  // A section with a name and nothing in it (WebAssembly, "custom section").
  ['wasm', 'convoke_bg.wasm', section],
  ['css', 'convoke.css', (mark) => `\n/* ${mark} */`],
  ['public-css', 'public.css', (mark) => `\n/* ${mark} */`],
  ['join-js', 'join.js', (mark) => `\n// ${mark}`],
  ['join-wasm', 'join_bg.wasm', section],
];

function section(mark: string): Uint8Array {
  const name = Buffer.from(mark);
  return new Uint8Array([0, name.length + 1, name.length, ...name]);
}

/** Makes a release of the site that the journeys run with; `change` may alter its other files, as a release would. */
export function release(mark: string, change: (folder: string) => void = () => {}): Release {
  const folder = mkdtempSync(join(tmpdir(), `convoke-release-${mark}-`));
  cpSync(given('CONVOKE_SITE_ROOT'), folder, { recursive: true });
  const lines: string[] = [];
  const files: string[] = [];
  for (const [key, name, addition] of FILES) {
    const file = join(folder, 'pkg', name);
    appendFileSync(file, addition(mark));
    const hash = hashOf(readFileSync(file));
    const hashed = `${name.split(/[._]/)[0]}.${hash}.${name.split('.').at(-1)}`;
    renameSync(file, join(folder, 'pkg', hashed));
    lines.push(`${key}: ${hash}`);
    files.push(hashed);
  }
  change(folder);
  const build = hashOf(Buffer.from(lines.join() + readFileSync(join(folder, 'sw.js'), 'utf8')));
  writeFileSync(join(folder, 'hash.txt'), [...lines, `build: ${build}`, ''].join('\n'));
  return { folder, build, files };
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}

/** Replaces words in a file of a release. */
export function replaceIn(folder: string, file: string, from: string, to: string): void {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  writeFileSync(path, text.replace(from, to));
}
