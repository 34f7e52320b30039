// What a journey stands on: a testbed per worker, a server with an empty database per test, and pages whose console
// stays free of errors.

import { type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type Page, expect, test as base } from '@playwright/test';
import { csv, type Person } from './people';
import { end, freePort, given, run, start, until } from './process';
import { Testbed } from './testbed';

/** The options that a project in playwright.config.ts sets. */
export interface WorldOptions {
  database: 'sqlite' | 'postgres';
}

/** The administrator of every server that is not a demo. */
export const ADMINISTRATOR = { email: 'admin@convoke.test', password: 'correct horse battery' };
/** The secret of the address that mails which came back are posted to. */
export const HOOK_SECRET = 'secret-of-the-hook-in-journeys';
/** The password of the accounts of the demo data. */
export const DEMO_PASSWORD = 'convoke-demo';

/** A running `convoke serve` and its database. */
export class Server {
  private child?: ChildProcess;
  readonly log: string[] = [];

  constructor(
    readonly url: string,
    private readonly env: Record<string, string>,
    private readonly folder: string,
  ) {}

  async start(...options: string[]): Promise<void> {
    this.child = start(given('CONVOKE_BIN'), ['serve', ...options], this.env, this.log);
    await until(
      'the server answers',
      async () => {
        if (this.child?.exitCode !== null) throw new Error(`the server ended:\n${this.log.join('')}`);
        const answer = await fetch(`${this.url}/sign-in`, { redirect: 'manual' }).catch(() => undefined);
        return answer ? true : undefined;
      },
      120_000,
    );
  }

  async stop(): Promise<void> {
    if (this.child) await end(this.child);
  }

  /** Stops, and starts again at the same address and over the same database with another site: a new release. */
  async upgrade(site: string): Promise<void> {
    await this.stop();
    this.env.CONVOKE_SITE_ROOT = site;
    await this.start();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs `convoke` with the same configuration. */
  async command(...args: string[]): Promise<string> {
    return run(given('CONVOKE_BIN'), args, this.env);
  }

  /** `convoke import users`. */
  async importUsers(people: Person[]): Promise<string> {
    const file = join(this.folder, 'users.csv');
    writeFileSync(file, csv(people));
    return this.command('import', 'users', file);
  }

  /** Tells the database what only time would: what happened is so many days older. */
  async age(days: number): Promise<void> {
    const past = `created_at = created_at - ${days * 86_400_000}`;
    await this.sql(`UPDATE invitation_links SET ${past}`);
  }

  /** Runs a statement in the database of this server, and answers its rows, as text. */
  async sql(statement: string): Promise<string> {
    const url = this.env.CONVOKE_DATABASE_URL ?? '';
    if (url.startsWith('postgres')) return run('psql', ['-X', '-q', '-A', '-t', '-d', url, '-c', statement], {});
    const script =
      'import sqlite3, sys\nc = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)\n' +
      "for row in c.execute(sys.argv[2]): print('|'.join('' if v is None else v.hex() if isinstance(v, bytes) else str(v) for v in row))";
    return run('python3', ['-c', script, url.replace('sqlite:', ''), statement], {});
  }

  /** The token that the empty server printed. */
  async setUpToken(): Promise<string> {
    return until('the set-up token in the log', () => /token=([\w-]+)\s/.exec(this.log.join(''))?.[1]);
  }

  /** Names the organisation and its administrator through the set-up page's form, as a browser posts it. */
  async setUp(): Promise<void> {
    const form = new URLSearchParams({
      token: await this.setUpToken(),
      organisation: 'Convoke Works',
      time_zone: 'Europe/Paris',
      first_name: 'Nadia',
      last_name: 'Roux',
      email: ADMINISTRATOR.email,
      password: ADMINISTRATOR.password,
    });
    const answer = await fetch(`${this.url}/set-up?language=en`, {
      method: 'POST',
      headers: { Origin: this.url, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
      redirect: 'manual',
    });
    if (answer.status !== 303) throw new Error(`set-up answered ${answer.status}: ${await answer.text()}`);
  }
}

/** The servers of journeys that are over: what a page still asks them for is not there, and nobody's mistake. */
const over = new Set<string>();

/** A page, and what it must not have said. */
function watch(page: Page, problems: string[]): void {
  const isOver = () => [...over].some((url) => page.url().startsWith(`${url}/`));
  page.on('pageerror', (error) => {
    if (!isOver()) problems.push(`${page.url()}: ${error.message}`);
  });
  page.on('console', (message) => {
    if (isOver()) return;
    // The frame in which a mail is shown runs no scripts; those that it refuses are the test's own.
    if (message.text().startsWith("Blocked script execution in 'about:srcdoc'")) return;
    if (message.type() === 'error') problems.push(`${page.url()}: ${message.text()} (${message.location().url})`);
  });
}

interface WorkerWorld {
  testbed: Testbed;
}

interface World {
  /** A server with an empty database and an administrator. */
  server: Server;
  /** A server with demo data. */
  demo: Server;
  /** Errors that the consoles of this test's pages may show. A refusal on purpose is logged by the browser. */
  expectedErrors: RegExp[];
  /** Another browser, with the same care for its console. */
  another: (options?: Parameters<import('@playwright/test').Browser['newContext']>[0]) => Promise<Page>;
}

export const test = base.extend<World & WorldOptions, WorkerWorld>({
  database: ['sqlite', { option: true }],

  testbed: [
    async ({}, use) => {
      const testbed = await Testbed.start();
      await use(testbed);
      await testbed.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  server: [
    async ({ testbed, database }, use, info) => {
      const server = await newServer(testbed, database);
      await server.start();
      await server.setUp();
      await use(server);
      await finish(server, info);
    },
    { timeout: 150_000 },
  ],

  demo: [
    async ({ testbed, database }, use, info) => {
      const server = await newServer(testbed, database);
      await server.start('--demo');
      await use(server);
      await finish(server, info);
    },
    { timeout: 150_000 },
  ],

  expectedErrors: async ({}, use) => use([]),

  page: async ({ page, expectedErrors }, use) => {
    const problems: string[] = [];
    watch(page, problems);
    await use(page);
    expectNoErrors(problems, expectedErrors);
  },

  another: async ({ browser, expectedErrors }, use) => {
    const problems: string[] = [];
    const contexts: BrowserContext[] = [];
    await use(async (options) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      const page = await context.newPage();
      watch(page, problems);
      return page;
    });
    for (const context of contexts) await context.close();
    expectNoErrors(problems, expectedErrors);
  },
});

function expectNoErrors(problems: string[], expected: RegExp[]): void {
  const unexpected = problems.filter((problem) => !expected.some((pattern) => pattern.test(problem)));
  expect(unexpected, 'errors in the browser’s console').toEqual([]);
}

/** A server that is not started yet, over an empty database; with these variables besides. */
export async function newServer(
  testbed: Testbed,
  database: 'sqlite' | 'postgres',
  more: Record<string, string> = {},
): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'convoke-journey-'));
  const address = `127.0.0.1:${await freePort()}`;
  const url = `http://${address}`;
  over.delete(url);
  const env = {
    CONVOKE_ADDR: address,
    CONVOKE_BASE_URL: url,
    CONVOKE_DATABASE_URL: database === 'postgres' ? await testbed.postgres() : `sqlite:${join(folder, 'convoke.db')}`,
    CONVOKE_MAIL_URL: testbed.mail,
    CONVOKE_FILES_URL: `file:${join(folder, 'files')}`,
    CONVOKE_MAIL_FROM: 'Convoke <convoke@convoke.test>',
    CONVOKE_SMS_URL: testbed.sms,
    CONVOKE_HOOK_SECRET: HOOK_SECRET,
    // Nobody is there: journeys ask nobody outside.
    CONVOKE_DNS: '127.0.0.1:9',
    CONVOKE_SITE_ROOT: given('CONVOKE_SITE_ROOT'),
    NO_COLOR: '1',
    ...more,
  };
  return new Server(url, env, folder);
}

async function finish(server: Server, info: import('@playwright/test').TestInfo): Promise<void> {
  over.add(server.url);
  await server.stop();
  if (info.status !== info.expectedStatus) {
    await info.attach('server.log', { body: server.log.join(''), contentType: 'text/plain' });
  }
  server.remove();
}

export { expect };
