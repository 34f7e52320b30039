// Whether there is network: what does not answer within a few seconds counts as none, whatever the browser says of the Wi-Fi.

// A page, a form that is sent, and whether anybody is there at all, in milliseconds.
const PAGE_MS = 4000;
const FORM_MS = 6000;
const PROBE_MS = 3000;
// After a failure pages are answered at once for so long, without asking again.
const AWAY_MS = 10000;

let awaySince = 0;

const isAway = () => Date.now() - awaySince < AWAY_MS;

// Asks the server; undefined when there is no network, or a proxy that cannot reach it.
async function ask(request, ms, init = {}) {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), ms);
    try {
        const response = await fetch(request, { ...init, signal: patience.signal });
        if ([502, 503, 504].includes(response.status)) throw new Error('nobody behind the proxy');
        const wasAway = awaySince > 0;
        awaySince = 0;
        if (wasAway) void announce();
        void heard(response.headers.get('x-convoke-build')).catch(() => {});
        return response;
    } catch {
        const wasThere = awaySince === 0;
        awaySince = Date.now();
        if (wasThere) void announce();
        return undefined;
    } finally {
        // What has begun to answer may take its time.
        clearTimeout(timer);
    }
}

// Sends a form that the browser posted. It is written anew, so that it can be read here, too.
const askForm = (url, form, ms = FORM_MS) =>
    ask(url, ms, {
        method: 'POST',
        body: new URLSearchParams([...form].map(([name, value]) => [name, String(value)])),
        headers: { accept: 'text/html' },
        redirect: 'manual',
        credentials: 'same-origin',
    });

async function probe() {
    return (await ask('/healthz', PROBE_MS, { cache: 'no-store' })) !== undefined;
}
