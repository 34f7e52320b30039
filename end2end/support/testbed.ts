// Real servers for mail and SMS, and what arrived at them.

import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { given, until } from './process';

/** A message that the SMTP server accepted. */
export interface Mail {
  from: string;
  to: string[];
  headers: Record<string, string>;
  text: string;
  html: string;
  attachments: { name: string; content_type: string; text: string }[];
}

/** A text message that arrived at the operator behind the gateway. */
export interface Sms {
  from: string;
  number: string;
  text: string;
}

/** The servers of one worker. Addresses of people must not repeat within it. */
export class Testbed {
  private constructor(
    private readonly process: ChildProcess,
    private readonly lines: Interface,
    readonly mail: string,
    readonly sms: string,
    private readonly mailFolder: string,
    private readonly smsFile: string,
  ) {}

  static async start(): Promise<Testbed> {
    const child = spawn(given('CONVOKE_TESTBED'), { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout });
    const first = JSON.parse(await nextLine(lines, child));
    return new Testbed(child, lines, first.mail, first.sms, first.mailFolder, first.smsFile);
  }

  /** The address of an empty PostgreSQL database. */
  async postgres(): Promise<string> {
    this.process.stdin?.write('postgres\n');
    return JSON.parse(await nextLine(this.lines, this.process)).postgres;
  }

  /** The messages to addresses of this domain, oldest first. */
  mails(domain: string): Mail[] {
    return this.all().filter((mail) => mail.to.some((to) => to.endsWith(`@${domain}`)));
  }

  /** The first message with a link to the server at this address. */
  async mailFrom(url: string): Promise<Mail> {
    return until(`a mail with a link to ${url}`, () => this.all().find((mail) => mail.text.includes(`${url}/i/`)), 60_000);
  }

  private all(): Mail[] {
    return readdirSync(this.mailFolder)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name): Mail => JSON.parse(readFileSync(join(this.mailFolder, name), 'utf8')));
  }

  /** The text messages to numbers that begin so, oldest first. */
  texts(prefix: string): Sms[] {
    const all: Sms[] = JSON.parse(readFileSync(this.smsFile, 'utf8'));
    return all.filter((sms) => digits(sms.number).startsWith(digits(prefix)));
  }

  async waitForMails(domain: string, count: number): Promise<Mail[]> {
    return until(`${count} mails to ${domain}`, () => {
      const mails = this.mails(domain);
      return mails.length >= count ? mails : undefined;
    }, 60_000);
  }

  async waitForTexts(prefix: string, count: number): Promise<Sms[]> {
    return until(`${count} text messages to ${prefix}`, () => {
      const texts = this.texts(prefix);
      return texts.length >= count ? texts : undefined;
    }, 60_000);
  }

  async stop(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.process.once('exit', () => resolve()));
    this.process.stdin?.end();
    await ended;
  }
}

/** The first address in a text that leads to an invitation. */
export function linkIn(text: string): string {
  const link = /https?:\/\/[^\s<>"]+\/i\/[^\s<>".,)]+/.exec(text);
  if (!link) throw new Error(`no link in: ${text}`);
  return link[0];
}

/** The address in the foot of a mail by which its reader wants no more. */
export function stopLinkIn(text: string): string {
  const link = /https?:\/\/[^\s<>"]+\/stop\/[\w-]+/.exec(text);
  if (!link) throw new Error(`no link to get no more messages in: ${text}`);
  return link[0];
}

/** A number as the gateway may write it: with + or with 00. */
function digits(number: string): string {
  return number.replace(/^\+/, '').replace(/^00/, '');
}

function nextLine(lines: Interface, child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const died = (code: number | null) => reject(new Error(`the testbed ended with ${code}`));
    child.once('exit', died);
    lines.once('line', (line) => {
      child.off('exit', died);
      resolve(line);
    });
  });
}
