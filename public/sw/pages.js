// Pages without network: those that the server made, with their places filled. Whatever was typed is escaped.

const escaped = (text) =>
    String(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

// Fills the places ⟦name⟧, all at once: what is put in is not looked at again.
const filled = (template, values) => template.replace(/⟦(\w+)⟧/g, (_, name) => values[name] ?? '');

function page(kept, name, values) {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const nonce = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    const lock = kept.locked ? kept.parts.lock : '';
    // A form that nobody touches for so many seconds goes back to the list, on a locked device.
    const [locked, idle] = kept.locked ? ['yes', kept.parts.idle] : ['', ''];
    const html = filled(kept.pages[name], { ...values, nonce, lock, locked, idle });
    return new Response(html, {
        headers: {
            'content-type': 'text/html; charset=utf-8',
            'content-security-policy': filled(kept.policy, { nonce }),
            'cache-control': 'no-store',
            'referrer-policy': 'same-origin',
            'x-content-type-options': 'nosniff',
        },
    });
}

const goTo = (path) => Response.redirect(path, 303);

const kindOf = (one) => one.body?.kind ?? one.kind;

// What the server answered, in the language of the page.
const sentenceOf = ({ language }, one) => one.sentences?.[language] ?? one.sentence;

function timeOf(kept, at) {
    const language = kept.language === 'fr' ? 'fr-FR' : 'en-GB';
    return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', timeZone: kept.time_zone }).format(at);
}

// 2026-12-09, where the training is.
const dayOf = (kept, at) => new Intl.DateTimeFormat('en-CA', { timeZone: kept.time_zone }).format(at);

const initialsOf = (name) =>
    name
        .split(/\s+/)
        .filter((word, n, all) => n === 0 || n === all.length - 1)
        .map((word) => [...word][0] ?? '')
        .join('')
        .toUpperCase();

const toneOf = (id) => (Number.parseInt(id.slice(-2), 16) % 6) + 1;

// A name as the list shows names.
function shownName(kept, form) {
    const [first, last] = ['first_name', 'last_name'].map((name) => String(form.get(name) ?? '').trim());
    return kept.list_shows === 'initials' && last ? `${first} ${[...last][0]}.` : `${first} ${last}`.trim();
}

async function listPage(kept) {
    const all = await entries(kept.code);
    const { parts } = kept;
    const notes = { waiting: parts.row_waiting, attention: parts.row_attention, saved: parts.row_saved };
    const own = all
        .filter((one) => kindOf(one) === 'register' && kept.list_shows !== 'search')
        // The list that is kept has them, once it is newer.
        .filter((one) => one.state !== 'saved' || one.answeredAt > kept.savedAt)
        .map(({ id, name, state }) => ({ id, name, initials: initialsOf(name), tone: toneOf(id), class: state, note: notes[state] }));
    const listed = kept.people.map((one) => ({ ...one, at: one.letter, ...noteOf(parts, one) }));
    const row = (one, number) =>
        filled(parts.row, {
            ...one,
            at: one.at ?? `row-${number}`,
            number,
            name: escaped(one.name),
            initials: escaped(one.initials),
        });
    // In the list of an earlier release the names stand already.
    return page(kept, 'list', {
        waiting: own.map(row).join(''),
        rows: [...own, ...listed].map(row).join(''),
        badge: badge(kept, all),
    });
}

// What the list says of a name.
function noteOf(parts, { waiting, present_at }) {
    if (waiting) return { class: 'waiting', note: parts.row_listed_waiting };
    if (present_at) return { class: 'present', note: filled(parts.row_present ?? '', { time: escaped(present_at) }) };
    return { class: 'enter', note: parts.row_enter };
}

function badge({ parts }, all) {
    const waiting = all.filter((one) => one.state === 'waiting');
    const count = waiting.length;
    const onlyRegistrations = waiting.every((one) => kindOf(one) === 'register');
    if (count === 0) return parts.badge_none;
    if (count > 1 || !onlyRegistrations) {
        if (count === 1) return parts.badge_entry ?? parts.badge_none;
        return (onlyRegistrations ? parts.badge_many : parts.badge_mixed).replace('#', count);
    }
    return parts.badge_one;
}

// The form, under an id of its own.
async function formPage(kept) {
    const own = await newId();
    const form = kept.pages.form.replaceAll(kept.registration, own);
    return page({ ...kept, pages: { form } }, 'form', {});
}

// The training space of somebody of the list, or of somebody who registered here.
async function spacePage(kept, { person, isProof }) {
    const { parts } = kept;
    const all = await entries(kept.code);
    const own = all.find((one) => one.id === person);
    const listed = kept.people.find((one) => one.id === person);
    const said = all.find((one) => kindOf(one) === 'here' && one.person === person && one.state !== 'attention');
    const who = own ?? listed ?? said;
    if (!who) return goTo(`/join/${kept.code}`);
    let state = isProof ? parts.space_proof : parts.space_listed;
    if (own) {
        const states = { waiting: parts.space_waiting, saved: parts.space_saved, attention: parts.space_attention };
        state = filled(states[own.state], { sentence: escaped(sentenceOf(kept, own) ?? parts.sentence_refused) });
    }
    let here = '';
    if (said) here = filled(parts.here_waiting, { time: timeOf(kept, said.at) });
    else if (listed?.present_at) here = filled(parts.here_before, { time: escaped(listed.present_at) });
    else if (kept.days.includes(dayOf(kept, await clock()))) {
        here = filled(parts.here, { id: escaped(person) });
    }
    return page(kept, 'space', {
        name: escaped(who.name),
        initials: escaped(listed?.initials ?? initialsOf(who.name)),
        tone: listed?.tone ?? toneOf(person),
        state,
        here,
    });
}

// What tapping a name asks for.
function proofPage(kept, id) {
    const one = kept.people.find((one) => one.id === id);
    if (!one || !kept.pages.proof) return goTo(`/join/${kept.code}`);
    return page(kept, 'proof', { id, name: escaped(one.name), initials: escaped(one.initials), tone: one.tone });
}

async function devicePage(kept) {
    const { parts } = kept;
    const all = await entries(kept.code);
    const words = {
        waiting: [parts.word_waiting, 'badge-to-send'],
        saved: [parts.word_saved, 'badge-confirmed'],
        attention: [parts.word_attention, 'badge-problem'],
    };
    const rows = all.toReversed().map((one) => {
        const [word, kind] = words[one.state];
        const correct = one.state === 'attention' && one.field !== undefined ? parts.device_correct : '';
        const actions = one.state === 'attention' ? correct + parts.device_drop : '';
        return filled(parts.device_entry, {
            name: escaped(one.name),
            kind: parts[`kind_${kindOf(one)}`],
            time: timeOf(kept, one.at),
            word,
            class: kind,
            sentence: escaped(sentenceOf(kept, one) ?? (one.state === 'waiting' ? parts.sentence_waiting : parts.sentence_refused)),
            actions: filled(actions, { id: one.id }),
        });
    });
    const unsent = all.filter((one) => one.state !== 'saved').length;
    return page(kept, 'device', {
        entries: rows.length ? filled(parts.device_list, { rows: rows.join('') }) : parts.device_none,
        forget: kept.locked ? '' : unsent ? parts.forget_waiting.replace('(#)', `(${unsent})`) : parts.forget,
    });
}
