// A device that is locked to a training (a trainer chose a PIN for it). With network the server keeps it there; without, this does. The PIN is never
// kept here, so that unlocking needs the network: whoever has the tablet could try all of them.

// Whether this worker has seen that the device is not locked: then pages that are none of ours are not its business.
let isFree = false;

// The code of the training that the device is locked to, until the code closes.
async function lockedTo() {
    try {
        const lock = await read('state', 'lock');
        const code = lock && lock.until > Date.now() ? lock.code : undefined;
        isFree = !code;
        return code;
    } catch {
        return undefined;
    }
}

async function noteLock(code, isLocked, until) {
    if (isLocked) {
        isFree = false;
        await write('state', { code, until }, 'lock');
    } else if ((await read('state', 'lock'))?.code === code) {
        await erase('state', 'lock');
    }
}

// Locks or unlocks on the server. Gone on to the list: it is done; else the answer says what was wrong.
async function lockForm(code, rest, form, event) {
    const answer = await askForm(`/join/${code}/${rest}`, form);
    if (!answer) return goTo(`/join/${code}`);
    if (answer.type === 'opaqueredirect') {
        if (rest === 'unlock') await noteLock(code, false);
        event.waitUntil(keep(code, true));
    }
    return answer;
}

// A page that is none of those behind a code: without network a locked device goes back to its list instead. On any other device it is the browser's
// business, with its own patience; a worker that has just started has to look first.
async function elsewhere(request) {
    const code = await lockedTo();
    if (!code) return fetch(request);
    const answer = isAway() ? undefined : await ask(request, PAGE_MS);
    return answer ?? goTo(`/join/${code}`);
}
