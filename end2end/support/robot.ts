// A robot that reads mail, as scanners do on the way to a mailbox: it opens every link, with scripts, and follows what it finds. It presses nothing.

import { type Page } from '@playwright/test';
import { type Mail } from './testbed';

/** How long it waits for a page to do something by itself, in milliseconds. */
const PATIENCE = 2_000;

/** Every address in a mail, of the text and of the HTML: links, pictures, whatever. */
export function addresses(mail: Mail): string[] {
  const found = [mail.text, mail.html, mail.headers['list-unsubscribe'] ?? ''].flatMap((part) => part.match(/https?:\/\/[^\s"'<>)]+/g) ?? []);
  return [...new Set(found.map((address) => address.replaceAll('&amp;', '&').replace(/[.,]$/, '')))];
}

/** Goes through a mail, and through every page of the server that it comes to. Answers how the server was asked: "GET /i/…". */
export async function scan(page: Page, mail: Mail, server: string): Promise<string[]> {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(server)) asked.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });
  const seen = new Set<string>();
  const waiting = addresses(mail);
  for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
    if (!address.startsWith(server) || seen.has(address) || seen.size > 30) continue;
    seen.add(address);
    for (const method of ['HEAD', 'GET', 'HEAD']) await fetch(address, { method });
    // A prefetching proxy says so; the answer must not differ in what it does.
    await fetch(address, { headers: { Purpose: 'prefetch', 'Sec-Purpose': 'prefetch;prerender' } });
    // What is no page cannot be shown, but downloaded.
    const shown = await page.goto(address, { waitUntil: 'load' }).catch(() => null);
    if (!shown) continue;
    await provoke(page);
    waiting.push(...(await page.locator('[href], [src], [action]').evaluateAll((elements) =>
      elements.flatMap((element) =>
        ['href', 'src', 'action'].flatMap((name) => {
          const value = element.getAttribute(name);
          return value ? [new URL(value, document.baseURI).href] : [];
        }),
      ),
    )));
  }
  return asked;
}

/** Everything that a page could take for a person, but a press. */
async function provoke(page: Page): Promise<void> {
  await page.mouse.move(200, 200);
  await page.mouse.move(400, 500, { steps: 5 });
  await page.mouse.wheel(0, 2_000);
  await page.evaluate(() => {
    const of = (target: EventTarget, ...names: string[]) => {
      for (const name of names) target.dispatchEvent(new Event(name, { bubbles: true }));
    };
    of(window, 'load', 'pageshow', 'focus', 'scroll', 'resize', 'beforeunload', 'pagehide', 'online');
    of(document, 'DOMContentLoaded', 'visibilitychange', 'readystatechange', 'scroll', 'mousemove', 'pointermove', 'touchstart', 'touchmove');
    for (const element of document.querySelectorAll('form, button, input, a')) {
      of(element, 'mouseover', 'mouseenter', 'mousemove', 'pointerenter', 'focus', 'focusin', 'blur');
    }
  });
  await page.waitForTimeout(PATIENCE);
}
