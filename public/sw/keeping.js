// What is kept of trainings for when there is no network, and when it is forgotten; files of the build.

const CACHE = 'convoke-1';
// The one page in the cache, in the browser's language and in each of ours: it says that nothing is kept, and has nothing of anybody.
const SHELL = '/join/offline';
// What every page loads, whatever the build calls the rest.
const ALWAYS = ['/fonts/inter-latin-wght-normal.woff2', '/fonts/inter-european-wght-normal.woff2', '/favicon.svg'];
// What the server gives out to be kept; what an earlier release gave out is shown until there is network.
const FORMAT = 2;
// What is kept is asked for again after so long.
const FRESH_MS = 30000;

const isAsset = (path) => path.startsWith('/pkg/') || path.startsWith('/fonts/') || path === '/favicon.svg';
const isFont = (path) => path.startsWith('/fonts/');
const isHashed = (path) => /\.[0-9a-f]{16}\./.test(path);

// What the worker of an earlier release put into a cache of its own goes over to ours: pages that are kept load it, and there may be no network to
// fetch it again. The rest goes; files that nothing loads any more go with `dropFiles`.
async function adoptOldCaches() {
    const cache = await caches.open(CACHE);
    for (const name of await caches.keys()) {
        if (name === CACHE) continue;
        const old = await caches.open(name);
        for (const request of await old.keys()) {
            const { pathname: path, search } = new URL(request.url);
            if (search || (!isAsset(path) && path !== SHELL)) continue;
            const isThere = await cache.match(path, { ignoreVary: true });
            const file = isThere ? undefined : await old.match(request, { ignoreVary: true });
            if (file) await cache.put(path, file).catch(() => {});
        }
        await caches.delete(name);
    }
}

// One at a time: whoever drops files that nothing loads must not meet one who has fetched them and not yet said what for.
let turn = Promise.resolve();

function inTurn(work) {
    turn = turn.catch(() => {}).then(work);
    return turn;
}

// Everything that is kept, as the server has it now: after a release the pages are new, and so are the files that they load. Where the network goes
// away meanwhile it stays to be done, and the next page that says hello goes on.
const refresh = () =>
    inTurn(async () => {
        if (!(await read('state', 'stale'))) return;
        if (!(await keepShell())) return;
        for (const { code } of await readAll('kept')) if (!(await keepNow(code, true))) return;
        await dropFiles();
        await erase('state', 'stale');
    });

// The build of the server, as its answers name it.
let build;

// An answer of this build has come. When it is another than before there was a release: the browser looks for a new worker, what is kept is
// fetched anew, and open pages are told. What waits in the queue stays as it is.
async function heard(said) {
    if (!said || said === build) return;
    build = said;
    const before = await read('state', 'build');
    if (before !== undefined && before !== said) {
        await write('state', true, 'stale');
        await self.registration.update().catch(() => {});
    }
    if (before !== said) await write('state', said, 'build');
    await announce();
    // A new worker does it itself when it takes over.
    if (!self.registration.installing && !self.registration.waiting) await refresh();
}

// A file of the build: with a hash in its name it never changes; without, the server is asked first.
async function asset(request) {
    const cache = await caches.open(CACHE);
    const path = new URL(request.url).pathname;
    const kept = () => cache.match(path, { ignoreVary: true });
    if (isHashed(path)) return (await kept()) ?? fetch(request);
    if (isAway()) {
        const there = await kept();
        if (there) return there;
    }
    const asked = request.mode === 'no-cors' || request.mode === 'cors' ? request : new Request(path);
    const file = await ask(asked, PAGE_MS);
    // The fonts of the names that are there, for when there is no network.
    if (file?.ok && isFont(path)) await cache.put(path, file.clone()).catch(() => {});
    return file ?? (await kept()) ?? Response.error();
}

// What follows says whether the network was there for all of it. Where it is not, nobody goes on asking for the rest.

// Files with hashes are fetched once, the others each time.
async function keepFiles(paths) {
    const cache = await caches.open(CACHE);
    for (const path of paths) {
        if (isHashed(path) && (await cache.match(path, { ignoreVary: true }))) continue;
        const file = await ask(path, SENDING_MS, { cache: 'no-cache' });
        if (!file) return false;
        if (file.ok) await cache.put(path, file);
    }
    return true;
}

async function keepShell() {
    const page = await ask(SHELL, SENDING_MS, { credentials: 'omit' });
    if (!page?.ok) return page !== undefined;
    const style = /href="(\/pkg\/[^"]+\.css)"/.exec(await page.clone().text());
    const cache = await caches.open(CACHE);
    await cache.put(SHELL, page);
    for (const language of LANGUAGES) {
        const address = `${SHELL}?language=${language}`;
        const spoken = await ask(address, SENDING_MS, { credentials: 'omit' });
        if (!spoken) return false;
        if (spoken.ok) await cache.put(address, spoken);
    }
    return keepFiles([...ALWAYS, ...(style ? [style[1]] : [])]);
}

// Keeps what the server lets a device keep of a training; where it was kept just before, only `now`.
const keep = (code, now = false) => inTurn(() => keepNow(code, now));

async function keepNow(code, now) {
    const before = await read('kept', code);
    if (!now && before && Date.now() - before.savedAt < FRESH_MS) return true;
    // What was chosen here, and the server knew before it was asked.
    const chosen = await read('state', 'language');
    const answer = await ask(`/join/${code}/keep`, SENDING_MS, { headers: { accept: 'application/json' } });
    // The code opens nothing any more: nothing is left of its list. What waits is sent all the same.
    if (answer?.status === 404) await forgetList(code);
    if (!answer?.ok) return answer !== undefined;
    const training = await answer.json().catch(() => undefined);
    if (training?.format !== FORMAT) return true;
    const here = Date.now();
    await write('state', training.now - here, 'offset');
    const until = here + (training.until - training.now);
    await noteLock(code, training.locked === true, until);
    const assets = [...training.assets, ...ALWAYS];
    // First the files: a page without its style is no page.
    if (!(await keepFiles(assets))) return false;
    await write('kept', { code, until, savedAt: here, assets, ...(await sealed(`list ${code}`, training)) });
    if (chosen?.isTold && (await chosenLanguage()) === chosen.language) await erase('state', 'language');
    const isWhole = before ? true : await keepShell();
    await dropFiles();
    return isWhole;
}

// What is kept of a training, opened, in the language that was chosen; undefined when nothing is, or its time is over.
async function keptOf(code) {
    await tidy();
    const row = await read('kept', code);
    if (!row) return undefined;
    const training = await unsealed(`list ${code}`, row).catch(() => undefined);
    if (!training) return undefined;
    const chosen = await chosenLanguage();
    const language = training.languages?.[chosen] ? chosen : training.language;
    // An earlier release kept the pages of one language.
    const words = training.languages?.[language] ?? {};
    return { ...training, ...words, language, until: row.until, savedAt: row.savedAt, locked: (await lockedTo()) === code };
}

async function forgetList(code) {
    await noteLock(code, false);
    await erase('kept', code);
    await erase('keys', `list ${code}`);
}

// *Forget this training*: also what waits.
async function forget(code) {
    await forgetList(code);
    for (const row of await readAll('queue')) if (row.code === code) await erase('queue', row.number);
    await erase('keys', `queue ${code}`);
    if ((await read('state', 'inside'))?.code === code) await erase('state', 'inside');
    await inTurn(dropFiles);
    await announce();
}

// Files that nothing which is kept loads.
async function dropFiles() {
    const cache = await caches.open(CACHE);
    const shell = await (await cache.match(SHELL))?.text();
    const needed = new Set([SHELL, ...ALWAYS, ...(shell?.match(/\/pkg\/[^"]+\.css/g) ?? [])]);
    for (const row of await readAll('kept')) for (const path of row.assets) needed.add(path);
    for (const request of await cache.keys()) {
        const path = new URL(request.url).pathname;
        if (!needed.has(path) && !isFont(path)) await cache.delete(request);
    }
}

// Forgets what has had its time: lists when their code closes, saved entries after a while, keys of empty queues.
async function tidy() {
    const now = Date.now();
    for (const row of await readAll('kept')) if (row.until <= now) await forgetList(row.code);
    for (const row of await readAll('queue')) {
        if (row.state !== 'saved') continue;
        const inside = await unsealed(`queue ${row.code}`, row).catch(() => undefined);
        if (row.until <= now || !inside || now - inside.answeredAt > SAVED_MS) await erase('queue', row.number);
    }
    const codes = new Set([...(await readAll('kept')), ...(await readAll('queue'))].map((row) => row.code));
    for (const name of await readKeys('keys')) {
        if (name.startsWith('queue ') && !codes.has(name.slice(6))) await erase('keys', name);
    }
}
