// A device that is locked to a training (a trainer chose a PIN for it). With network the server keeps it there; without, this does. The PIN is never
// kept here, so that unlocking needs the network: whoever has the tablet could try all of them.

// The code of the training that the device is locked to, until the code closes.
async function lockedTo() {
    const lock = await read('state', 'lock').catch(() => undefined);
    return lock && lock.until > Date.now() ? lock.code : undefined;
}

async function noteLock(code, isLocked, until) {
    if (isLocked) await write('state', { code, until }, 'lock');
    else if ((await read('state', 'lock'))?.code === code) await erase('state', 'lock');
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

// A page that is none of those behind a code: without network a locked device goes back to its list instead.
async function elsewhere(request) {
    const code = await lockedTo();
    if (!code) return fetch(request);
    const answer = isAway() ? undefined : await ask(request, PAGE_MS);
    return answer ?? goTo(`/join/${code}`);
}
