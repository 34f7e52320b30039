// What the device keeps, in IndexedDB. Whatever is about people is encrypted (AES-GCM) under keys that can be used and not read.
//
// keys:  'list CODE' and 'queue CODE' → the key of what is kept of a training, and of its queue.
// kept:  { code, until, savedAt, assets, iv, data } – see keeping.js.
// queue: { number, id, code, state, until, iv, data } – see queue.js.
// state: small facts by name: 'build', 'inside', 'language', 'left', 'leaving', 'offset', 'lock', 'stale'.
//
// A release that changes the shape raises SCHEMA and goes on from whatever version is there in `upgrade`.

const DATABASE = 'convoke-device';
const SCHEMA = 1;

let opening;

function database() {
    opening ??= new Promise((resolve, reject) => {
        const request = indexedDB.open(DATABASE, SCHEMA);
        request.onupgradeneeded = (event) => upgrade(request.result, event.oldVersion);
        request.onsuccess = () => {
            const db = request.result;
            db.onversionchange = () => {
                db.close();
                opening = undefined;
            };
            db.onclose = () => (opening = undefined);
            resolve(db);
        };
        request.onerror = () => {
            opening = undefined;
            reject(request.error);
        };
    });
    return opening;
}

function upgrade(db, from) {
    if (from < 1) {
        db.createObjectStore('keys');
        db.createObjectStore('kept', { keyPath: 'code' });
        const queue = db.createObjectStore('queue', { keyPath: 'number', autoIncrement: true });
        queue.createIndex('id', 'id', { unique: true });
        db.createObjectStore('state');
    }
}

// Runs one request on a store and gives its result once it is on the disk.
async function stored(store, mode, ask) {
    const db = await database();
    return new Promise((resolve, reject) => {
        const transaction = db.transaction(store, mode, { durability: 'strict' });
        const request = ask(transaction.objectStore(store));
        transaction.oncomplete = () => resolve(request.result);
        transaction.onabort = () => reject(transaction.error);
        transaction.onerror = () => reject(transaction.error);
    });
}

const read = (store, key) => stored(store, 'readonly', (s) => s.get(key));
const readAll = (store) => stored(store, 'readonly', (s) => s.getAll());
const readKeys = (store) => stored(store, 'readonly', (s) => s.getAllKeys());
const write = (store, value, key) => stored(store, 'readwrite', (s) => s.put(value, key));
const erase = (store, key) => stored(store, 'readwrite', (s) => s.delete(key));

// The key of a name; made when it is first needed. One at a time, so that two never make it at once.
let making = Promise.resolve();

function key(name) {
    making = making
        .catch(() => {})
        .then(async () => {
            const there = await read('keys', name);
            if (there) return there;
            const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
            await write('keys', fresh, name);
            return fresh;
        });
    return making;
}

async function sealed(name, value) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const bytes = new TextEncoder().encode(JSON.stringify(value));
    return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await key(name), bytes) };
}

// What was sealed; undefined when its key is gone.
async function unsealed(name, { iv, data }) {
    const secret = await read('keys', name);
    if (!secret) return undefined;
    const bytes = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, secret, data);
    return JSON.parse(new TextDecoder().decode(bytes));
}

// The server's time, as far as the device knows how wrong its own clock is.
async function clock() {
    return Date.now() + ((await read('state', 'offset')) ?? 0);
}

// A new id (UUID of version 7): it begins with the time.
async function newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const now = await clock();
    for (let n = 0; n < 6; n++) bytes[n] = Math.floor(now / 2 ** (8 * (5 - n))) % 256;
    bytes[6] = (bytes[6] & 0x0f) | 0x70;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

// The time at the beginning of an id, in Unix milliseconds.
const timeOfId = (id) => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
