// What a device keeps of the pages behind a training code.

import { type Page, expect } from '@playwright/test';

/** Waits until the device keeps the training with this code, and its service worker answers for the page. */
export async function keeps(page: Page, code: string): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 });
  await expect
    .poll(async () => (await stores(page)).kept?.some((row) => row.code === code) ?? false, { timeout: 60_000 })
    .toBe(true);
}

/** How many entries of the queue are in each state. */
export async function queue(page: Page): Promise<Record<string, number>> {
  const rows = (await stores(page)).queue ?? [];
  const counts: Record<string, number> = {};
  for (const row of rows) counts[String(row.state)] = (counts[String(row.state)] ?? 0) + 1;
  return counts;
}

/** Whether the device still has to fetch anew what it keeps. Of its small facts this one alone is a mere yes. */
export async function isStale(page: Page): Promise<boolean> {
  const facts: unknown[] = (await stores(page)).state ?? [];
  return facts.includes(true);
}

/** Everything in the database, also while the page follows its device by loading again. */
async function stores(page: Page): Promise<Record<string, Record<string, unknown>[]>> {
  for (;;) {
    try {
      return await page.evaluate(readStores);
    } catch (problem) {
      if (!/context was destroyed|navigation/.test(String(problem))) throw problem;
      await page.waitForLoadState();
    }
  }
}

/** All rows of the device's database; bytes as text of one character each. */
async function readStores(): Promise<Record<string, Record<string, unknown>[]>> {
  const names = (await indexedDB.databases()).map((database) => database.name);
  if (!names.includes('convoke-device')) return {};
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('convoke-device');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const stores: Record<string, Record<string, unknown>[]> = {};
  for (const name of database.objectStoreNames) {
    stores[name] = await new Promise((resolve, reject) => {
      const request = database.transaction(name).objectStore(name).getAll();
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }
  database.close();
  return stores;
}

/** Everything that the browser keeps and anybody could read: the page, its inputs, storage, databases, caches with what is in them, history. */
export async function everything(page: Page): Promise<string> {
  const look = () => page.evaluate(async () => {
    const text = (value: unknown): string => {
      if (value instanceof CryptoKey) return `key, ${value.extractable ? 'can be read' : 'cannot be read'}`;
      if (value instanceof ArrayBuffer) return new TextDecoder().decode(value) + new TextDecoder('utf-16').decode(value);
      if (ArrayBuffer.isView(value)) return text(value.buffer.slice(0));
      if (Array.isArray(value)) return value.map(text).join('\n');
      if (value && typeof value === 'object') return Object.entries(value).map(([k, v]) => `${k}: ${text(v)}`).join('\n');
      return String(value);
    };
    const all: string[] = [text({ ...localStorage }), text({ ...sessionStorage }), text(history.state), document.cookie];
    for (const { name } of await indexedDB.databases()) {
      if (!name) continue;
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store);
        for (const ask of [objects.getAll(), objects.getAllKeys()] as IDBRequest<unknown[]>[]) {
          all.push(
            await new Promise((resolve, reject) => {
              ask.onsuccess = () => resolve(text(ask.result));
              ask.onerror = () => reject(ask.error);
            }),
          );
        }
      }
      database.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const kept = await cache.match(request, { ignoreVary: true });
        all.push(`${name} ${request.url}`);
        if (/html|json|text/.test(kept?.headers.get('content-type') ?? '')) all.push((await kept?.text()) ?? '');
      }
    }
    return all.join('\n');
  });
  const stored = await look().catch(async (error: unknown) => {
    // A page that the back button took from memory loads itself anew.
    if (!/context was destroyed/.test(String(error))) throw error;
    await page.waitForLoadState();
    return look();
  });
  const inputs = await page
    .locator('input:not([type=hidden]), textarea')
    .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));
  const cookies = (await page.context().cookies()).map((cookie) => `${cookie.name}=${cookie.value}`);
  return [await page.content(), page.url(), stored, ...inputs, ...cookies].join('\n');
}
