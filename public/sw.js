// The service worker of the pages behind a training code. With network it lets everything through; without, it answers as the server would, with
// pages that the server made beforehand (sw/pages.js), and keeps what is entered until it can be sent (sw/queue.js). What it keeps lies
// encrypted in IndexedDB (sw/store.js); the browser's cache has files of the build and one page that is nobody's. See docs/adr/0017.

/* global importScripts */
importScripts('/sw/store.js', '/sw/network.js', '/sw/language.js', '/sw/queue.js', '/sw/keeping.js', '/sw/lock.js', '/sw/pages.js', '/sw/visit.js');

self.addEventListener('install', (event) => {
    event.waitUntil(keepShell().then(() => self.skipWaiting()));
});

// Pages wait until this is done, so nothing in it waits for the network.
self.addEventListener('activate', (event) => {
    event.waitUntil(
        adoptOldCaches()
            .then(() => self.clients.claim())
            .then(tidy)
            .then(() => readAll('kept'))
            .then((kept) => kept.length && write('state', true, 'stale'))
            .then(() => void refresh()),
    );
});

self.addEventListener('fetch', (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (url.origin !== self.location.origin) return;
    if (request.mode === 'navigate') {
        const answer = visitOf(request, url, event);
        if (answer) event.respondWith(answer);
    } else if (request.method === 'GET' && isAsset(url.pathname)) {
        event.respondWith(asset(request));
    }
});

self.addEventListener('message', (event) => {
    const { kind, code } = event.data ?? {};
    if (kind === 'hello') event.waitUntil(hello(code));
});

// Where the browser has it: it wakes the worker when the network is back, though no page is open.
self.addEventListener('sync', (event) => {
    if (event.tag === 'queue') event.waitUntil(send());
});
