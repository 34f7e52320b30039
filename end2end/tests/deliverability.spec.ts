// The page that says whether the sender of e-mails is believed: what is missing in the DNS, the record to publish, and that it is good afterwards.

import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Page } from '@playwright/test';
import { ADMINISTRATOR, expect, newServer, test } from '../support/world';
import { hydrated, open, signIn } from '../support/console';
import { NameServer } from '../support/dns';

function line(page: Page, title: RegExp) {
  return page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) });
}

test('what is missing is named with the record to publish, and is good once it is there', async ({ page, testbed, database }) => {
  const folder = mkdtempSync(join(tmpdir(), 'convoke-dkim-'));
  const key = join(folder, 'key.pem');
  const { privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const dns = await NameServer.start();
  const server = await newServer(testbed, database, {
    CONVOKE_DNS: dns.address,
    CONVOKE_DKIM_KEY: key,
    CONVOKE_DKIM_SELECTOR: 'march',
  });
  try {
    await server.start();
    await server.setUp();
    await signIn(page, server.url, ADMINISTRATOR.email, ADMINISTRATOR.password);
    await open(page, `${server.url}/settings`);
    await page.getByRole('link', { name: 'Deliverability' }).click();
    await hydrated(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Deliverability');
    await expect(page.getByText('E-mails come from convoke@convoke.test.')).toBeVisible();
    for (const title of [/SPF/, /DKIM/, /MX/]) await expect(line(page, title)).toContainText('wrong');
    await expect(line(page, /DMARC/)).toContainText('could be better');
    await expect(line(page, /Mails that come back/)).toContainText('good');

    const dkim = line(page, /DKIM/);
    await expect(dkim).toContainText('march._domainkey.convoke.test');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await dkim.getByRole('button', { name: 'Copy the value' }).click();
    const value = await page.evaluate(() => navigator.clipboard.readText());
    expect(value).toMatch(/^v=DKIM1; k=ed25519; p=/);

    dns.txt('march._domainkey.convoke.test', value);
    dns.txt('convoke.test', 'v=spf1 mx -all');
    dns.txt('_dmarc.convoke.test', 'v=DMARC1; p=reject');
    dns.mx('convoke.test', 'mail.convoke.test');
    await page.getByRole('button', { name: 'Look again' }).click();
    for (const title of [/SPF/, /DKIM/, /DMARC/, /MX/]) await expect(line(page, title)).toContainText('good');

    dns.stop();
    await page.getByRole('button', { name: 'Look again' }).click();
    await expect(line(page, /SPF/)).toContainText('could not be looked up', { timeout: 30_000 });
    await expect(line(page, /Mails that come back/)).toContainText('good');
  } finally {
    await server.stop();
    server.remove();
    rmSync(folder, { recursive: true, force: true });
  }
});
