// Somebody goes from page to page: to the server as long as there is network, else to what is kept.
//
// Who is in a training space without network stands in the state 'inside', as it stands in a cookie with network; *Next person* empties it, and
// forms from before that are not taken ('left'). A space that the server knows of, and that was left without network, is left on the server
// before anything else happens there ('leaving').

// The answer to a navigation; undefined where it is none of ours.
function visitOf(request, url, event) {
    const path = url.pathname;
    // A form of another site: what is sent from here would look like ours, so the server is left to refuse it.
    if (request.method !== 'GET' && !request.referrer.startsWith(`${self.location.origin}/`)) return undefined;
    const found = /^\/join\/([0-9A-Z]{8})(?:\/(.*))?$/.exec(path);
    if (found) return inJoin(request, found[1], found[2] ?? '', event);
    if (path === '/join' && request.method === 'GET') return start(request);
    if (path === '/space' && request.method === 'GET') return serversSpace(request);
    if (['/space/here', '/space/next', '/space/not-me'].includes(path) && request.method === 'POST') {
        return inSpace(request, path, event);
    }
    return request.method === 'GET' && !isFree ? elsewhere(request) : undefined;
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function shell(request) {
    const cache = await caches.open(CACHE);
    const chosen = request && languageIn(request.url);
    const spoken = chosen ? await cache.match(`${SHELL}?language=${chosen}`) : undefined;
    return spoken ?? (await cache.match(SHELL)) ?? Response.error();
}

// With network the page of the server, else what is kept. After a failure nobody waits for the next one.
async function pageOr(request, event, code, other) {
    const kept = await keptOf(code).catch(() => undefined);
    // Whoever waits here should be in the list that comes.
    if (kept && !isAway() && (await isWaiting(code)) && (await probe())) await Promise.race([send(), pause(PAGE_MS)]);
    if (kept && isAway()) {
        event.waitUntil(probe().then((there) => there && send()));
        return other(kept);
    }
    const answer = await askPage(request);
    if (answer) {
        if (answer.ok) event.waitUntil(keep(code).then(send));
        return answer;
    }
    return kept ? other(kept) : shell(request);
}

async function inJoin(request, code, rest, event) {
    // Of another training there is nothing to see on a locked device; the server says the same.
    const locked = await lockedTo();
    if (locked && locked !== code && isAway()) return goTo(`/join/${locked}`);
    if (request.method === 'GET') {
        const language = languageIn(request.url);
        if (language) await noteLanguage(code, language, false).catch(() => {});
        if (rest === '') return pageOr(request, event, code, listPage);
        if (rest === 'register') return pageOr(request, event, code, formPage);
        if (rest === 'here') return keptSpace(code);
        if (rest === 'device') return device(request, code);
        const [, tapped] = /^proof\/([0-9a-f-]{36})$/.exec(rest) ?? [];
        if (tapped) return pageOr(request, event, code, (kept) => proofPage(kept, tapped));
        if (/^(proof|sure)\/|^(un)?lock$/.test(rest)) return pageOr(request, event, code, () => goTo(`/join/${code}`));
        return fetch(request);
    }
    const form = await request.clone().formData();
    const url = `/join/${code}/${rest}`;
    if (rest === 'register') return register(code, form, event);
    if (rest === 'enter') return enter(code, form, event);
    if (rest === 'lock' || rest === 'unlock') return lockForm(code, rest, form, event);
    if (rest === 'leave') {
        const answer = await askForm(url, form);
        return answer ?? left(code);
    }
    const [, tapped] = /^proof\/([0-9a-f-]{36})$/.exec(rest) ?? [];
    if (tapped) return enterByProof(code, tapped, form, event);
    const [, id, action] = /^device\/(?:([^/]+)\/)?(\w+)$/.exec(rest) ?? [];
    if (action === 'forget') return forgetTraining(code, form);
    if (action === 'drop') return drop(id).then(() => goTo(`/join/${code}/device`));
    if (action === 'correct') return correct(code, id);
    return (await askForm(url, form)) ?? goTo(`/join/${code}`);
}

// Where the app begins: without network, the training that was opened last.
async function start(request) {
    const answer = isAway() ? undefined : await askPage(request);
    if (answer) return answer;
    await tidy();
    const newest = (await readAll('kept')).toSorted((a, b) => b.savedAt - a.savedAt)[0];
    const code = (await lockedTo()) ?? newest?.code;
    return code ? goTo(`/join/${code}`) : shell(request);
}

async function register(code, form, event) {
    const id = String(form.get('registration') ?? '');
    const corrects = form.get('corrects');
    const isThere = await entry(id);
    if (!isThere && !isAway()) {
        const answer = (await sayLanguage()) && (await askForm(`/join/${code}/register`, form));
        if (answer) {
            // Gone on to the space: it stands.
            if (answer.type === 'opaqueredirect') {
                await enteredByNetwork();
                if (corrects) await replace(String(corrects), id);
                event.waitUntil(keep(code, true));
            }
            return answer;
        }
    }
    const kept = await keptOf(code);
    if (!kept) return shell();
    // The browser sends the form of somebody who has left once more: it is not this person's.
    if (isThere || timeOfId(id) < ((await read('state', 'left')) ?? 0)) return goTo(`/join/${code}`);
    const posted = [...form]
        .map(([name, value]) => [name, String(value)])
        .filter(([name]) => !['registration', 'version', 'corrects'].includes(name));
    const version = Number(form.get('version'));
    await add(kept, id, shownName(kept, form), { kind: 'register', version, posted });
    if (corrects) await replace(String(corrects), id);
    return stay({ code, person: id }, event);
}

async function enter(code, form, event) {
    const person = String(form.get('person') ?? '');
    const own = await entry(person);
    // Whoever is asked something first has not entered yet: so nobody must be inside there before.
    if (!own && !isAway() && (await leaveFirst())) {
        const answer = await askForm(`/join/${code}/enter`, form);
        if (answer) {
            if (answer.type === 'opaqueredirect') await enteredByNetwork();
            return answer;
        }
    }
    const kept = await keptOf(code);
    if (!kept) return shell();
    return kept.pages.proof && !own ? goTo(`/join/${code}/proof/${person}`) : enterKept(kept, person, event);
}

async function enterByProof(code, person, form, event) {
    if (!isAway() && (await leaveFirst())) {
        const answer = await askForm(`/join/${code}/proof/${person}`, form);
        if (answer) {
            if (answer.type === 'opaqueredirect') await enteredByNetwork();
            return answer;
        }
    }
    const kept = await keptOf(code);
    if (!kept) return shell();
    const proof = String(form.get('proof') ?? '').trim();
    return proof ? enterKept(kept, person, event, proof) : goTo(`/join/${code}/proof/${person}`);
}

// Somebody else is in the space that the server knows of.
async function enteredByNetwork() {
    await erase('state', 'leaving');
    await erase('state', 'inside');
}

// Enters without network, which is told to the server afterwards: once, unless they leave and come again, or type another proof.
async function enterKept(kept, person, event, proof) {
    const { code } = kept;
    const before = await read('state', 'inside');
    if (!proof && before?.code === code && before.person === person) return stay(before, event);
    const entrance = await newId();
    const known = (await entry(person)) ?? kept.people.find((one) => one.id === person);
    await add(kept, entrance, known?.name ?? '', { kind: 'enter', person, proof });
    if (proof) await prove(code, person, entrance);
    return stay({ code, person, entrance, isProof: proof !== undefined }, event);
}

async function stay(inside, event) {
    await write('state', { ...inside, at: Date.now() }, 'inside');
    event.waitUntil(send());
    return goTo(`/join/${inside.code}/here`);
}

async function keptSpace(code) {
    const inside = await read('state', 'inside');
    const kept = await keptOf(code);
    if (!kept || inside?.code !== code) return goTo(`/join/${code}`);
    return spacePage(kept, inside);
}

async function inSpace(request, path, event) {
    const form = await request.clone().formData();
    const code = String(form.get('code') ?? '');
    const inside = await read('state', 'inside');
    const isInside = inside !== undefined && inside.code === code;
    if (path !== '/space/here') {
        if (isInside) {
            if (path === '/space/not-me') await nobodyEntered(inside);
            return left(code);
        }
        const answer = await askForm(path, form);
        if (answer) return answer;
        await write('state', await clock(), 'leaving');
        return left(code);
    }
    const person = String(form.get('person') ?? '');
    const isSame = isInside && inside.person === person;
    if (!isSame) {
        const answer = await askForm(path, form);
        if (answer) return answer;
    }
    const kept = await keptOf(code);
    if (!kept) return shell();
    const all = await entries(code);
    const known = all.find((one) => one.id === person) ?? kept.people.find((one) => one.id === person);
    // By what the server knows that they had shown who they are, where it asks for that.
    const typed = inside?.isProof ? inside.entrance : undefined;
    const entrance = isSame ? typed : (form.get('entrance') ?? undefined);
    if (!all.some((one) => kindOf(one) === 'here' && one.person === person && one.state !== 'attention')) {
        await add(kept, await newId(), known?.name ?? String(form.get('name') ?? ''), { kind: 'here', person, entrance });
    }
    if (!isInside) await write('state', await clock(), 'leaving');
    return stay(isSame ? inside : { code, person }, event);
}

// *That is not me*: nobody entered by this name, as far as the server does not know of it yet, or they said that they are here.
async function nobodyEntered({ code, person, entrance }) {
    const all = await entries(code);
    const hasArrived = all.some((one) => kindOf(one) === 'here' && one.person === person);
    if (!hasArrived && all.some((one) => one.id === entrance && one.state === 'waiting')) await drop(entrance);
}

// Nothing of whoever was here is shown any more.
async function left(code) {
    await erase('state', 'inside');
    await write('state', await clock(), 'left');
    return goTo(code ? `/join/${code}` : '/join');
}

// Leaves, on the server, a space that was left without network. Whether nothing is to be left any more.
async function leaveFirst() {
    const at = await read('state', 'leaving');
    if (at === undefined) return true;
    const answer = await askForm('/space/next', new Map([['left', Math.floor(at)]]));
    if (!answer) return false;
    await erase('state', 'leaving');
    return true;
}

async function serversSpace(request) {
    const answer = (await leaveFirst()) ? await askPage(request) : undefined;
    if (answer) return answer;
    // Whoever is in there is not shown what nobody keeps; the next one must not be shown them.
    await write('state', await clock(), 'leaving');
    return goTo('/join');
}

async function device(request, code) {
    const kept = await keptOf(code);
    return kept ? devicePage(kept) : ((await askPage(request)) ?? shell(request));
}

async function forgetTraining(code, form) {
    if ((await lockedTo()) === code) return goTo(`/join/${code}/device`);
    const unsent = (await entries(code)).some((one) => one.state !== 'saved');
    if (unsent && form.get('sure') !== 'yes') return goTo(`/join/${code}/device`);
    await forget(code);
    return goTo('/join');
}

// The server's form with what was typed, and what has to be corrected.
async function correct(code, id) {
    const one = await entry(id);
    if (!one?.body?.posted) return goTo(`/join/${code}/device`);
    const answer = await askForm(`/join/${code}/correct`, [...one.body.posted, ['corrects', id]]);
    return answer ?? goTo(`/join/${code}/device`);
}

// A page has opened and says which training it is about, or it is open still and asks how things stand.
async function hello(code) {
    const isThere = await probe();
    if (isThere) {
        if (typeof code === 'string' && /^[0-9A-Z]{8}$/.test(code)) await keep(code);
        await send();
    }
    await announce();
    if (isThere) await refresh();
}
