// What was entered without network: kept in order, sent one after the other, once each.
//
// An entry lies in the database as { number, id, code, state, until, iv, data }; `data` is, encrypted under the key 'queue CODE',
// { body, name, person, at, sentence, sentences, field, answeredAt }. `body` is what the server is sent, by the names of `FromDevice` (convoke-domain); it outlives
// releases. States: 'waiting', 'saved', 'attention'.

const SENDING_MS = 15000;
// What was saved is shown for so long.
const SAVED_MS = 12 * 3600 * 1000;

// All entries, the oldest first; those of a code, when one is given.
async function entries(code) {
    const rows = (await readAll('queue')).filter((row) => !code || row.code === code);
    const all = [];
    for (const row of rows) {
        const inside = await unsealed(`queue ${row.code}`, row).catch(() => undefined);
        if (inside) all.push({ ...inside, number: row.number, id: row.id, code: row.code, state: row.state, until: row.until });
    }
    return all;
}

const isWaiting = async (code) => (await readAll('queue')).some((row) => row.code === code && row.state === 'waiting');

const entry = async (id) => (await entries()).find((one) => one.id === id);

async function put({ number, id, code, state, until, ...inside }) {
    const row = { id, code, state, until, ...(await sealed(`queue ${code}`, inside)) };
    if (number !== undefined) row.number = number;
    await write('queue', row);
}

// Adds an entry; one that is there already stays as it is. Pages hear of it from the page that comes next: one that loads itself anew meanwhile would
// stop that.
async function add(kept, id, name, body) {
    if ((await readAll('queue')).some((row) => row.id === id)) return;
    const at = Date.now();
    await put({
        id,
        code: kept.code,
        state: 'waiting',
        until: kept.until,
        name,
        person: body.person,
        at,
        body: { format: 1, id, ticket: kept.ticket, at, language: kept.language, ...body },
    });
    await self.registration.sync?.register('queue').catch(() => {});
}

// Deletes an entry, and the *I am here* of whoever registered or entered by it.
async function drop(id) {
    for (const one of await entries()) {
        if ([one.id, one.person, one.body?.entrance].includes(id)) await erase('queue', one.number);
    }
    await announce();
}

// A corrected registration takes the place of an entry; *I am here* is that of the same person.
async function replace(id, by) {
    for (const one of await entries()) {
        if (one.person === id && one.body) await put({ ...one, person: by, body: { ...one.body, person: by } });
    }
    await drop(id);
}

// Somebody typed their proof once more: *I am here* that they said before goes by the new one.
async function prove(code, person, entrance) {
    for (const one of await entries(code)) {
        if (one.state === 'waiting' && kindOf(one) === 'here' && one.person === person) {
            await put({ ...one, body: { ...one.body, entrance } });
        }
    }
}

let sending;

// Sends what waits. Of several who want to, one does.
function send() {
    sending ??= navigator.locks
        .request('convoke-queue', sendAll)
        .catch(() => {})
        .finally(() => (sending = undefined));
    return sending;
}

async function sendAll() {
    if (!(await leaveFirst())) return;
    const sent = new Set();
    const rows = await readAll('queue');
    const unsaved = new Set(rows.filter((row) => row.state !== 'saved').map((row) => row.id));
    const waiting = new Set(rows.filter((row) => row.state === 'waiting').map((row) => row.id));
    for (const row of rows) {
        if (row.state !== 'waiting') continue;
        const inside = await unsealed(`queue ${row.code}`, row).catch(() => undefined);
        if (!inside) continue;
        const { number, id, code, state, until } = row;
        const one = { ...inside, number, id, code, state, until };
        // Whoever registered here is there once their registration is.
        if (one.person && unsaved.has(one.person)) continue;
        // Whoever entered by a proof is there once that was looked at.
        if (waiting.has(one.body.entrance)) continue;
        const answer = await ask(`/join/${one.code}/queue`, SENDING_MS, {
            method: 'POST',
            body: JSON.stringify({ ...one.body, sent: Date.now() }),
            headers: { 'content-type': 'application/json', accept: 'application/json' },
            credentials: 'same-origin',
        });
        // The next opportunity tries again, with the same id.
        if (!answer || answer.status === 429) break;
        // Something failed on the server, or an older one is there for a while: the others need not wait for this one.
        const isRefused = [400, 413, 415, 422].includes(answer.status);
        if (!answer.ok && !isRefused) continue;
        const said = answer.ok ? await answer.json().catch(() => undefined) : { state: 'attention' };
        if (!said) break;
        // Deleted meanwhile by whoever holds the device.
        if (!(await read('queue', one.number))) continue;
        const saved = said.state === 'saved';
        if (saved) unsaved.delete(one.id);
        waiting.delete(one.id);
        // A proof is needed once.
        const { proof, ...body } = one.body;
        await put({
            ...one,
            state: saved ? 'saved' : 'attention',
            // The server has what was typed; here only who it was is left.
            body: saved ? undefined : body,
            kind: one.body.kind,
            sentence: said.sentence,
            sentences: said.sentences,
            field: said.field,
            answeredAt: Date.now(),
        });
        sent.add(one.code);
        await announce();
    }
    for (const code of sent) await keep(code, true);
    if (sent.size) await announce();
}

// Tells every page how things stand.
async function announce() {
    const rows = await readAll('queue').catch(() => []);
    const queue = {};
    for (const { code, state } of rows) {
        queue[code] ??= { waiting: 0, attention: 0 };
        if (state in queue[code]) queue[code][state] += 1;
    }
    const clients = await self.clients.matchAll({ type: 'window' });
    for (const client of clients) client.postMessage({ kind: 'state', away: awaySince > 0, queue, build });
}
