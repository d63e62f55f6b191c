// Everything of a page in which a secret could lie: what its scripts could see, its document, storage, traffic and heap.

// Text of the JavaScript heap: every string that is alive in the page's process.
export async function heap_strings(context, page_or_frame) {
    const session = await context.newCDPSession(page_or_frame);
    const chunks = [];
    session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
    await session.send('HeapProfiler.enable');
    await session.send('HeapProfiler.collectGarbage');
    await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
    await session.detach();
    return JSON.parse(chunks.join('')).strings;
}

// Begins to write down what the page says to the console and sends over the network; `places` adds the rest.
export function watch(context, page) {
    const said = [], sent = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    page.on('request', (request) => {
        // What the vault's own page sends to the vault is where the card belongs.
        const of_vault = request.frame() !== page.mainFrame();
        sent.push(`${request.method()} ${request.url()} ${JSON.stringify(request.headers())} ${of_vault ? '' : request.postData() ?? ''}`);
    });
    return {
        said,
        async places() {
            const inside = await page.evaluate(async () => ({
                seen: window.seen,
                outcomes: JSON.stringify([window.outcomes, window.states]),
                document: document.documentElement.outerHTML + [...document.querySelectorAll('*')].map((e) => e.value ?? '').join(' '),
                storage: JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, history.state, location.href,
                    name, (await indexedDB.databases()).map((base) => base.name), await caches.keys()]),
                timing: JSON.stringify(performance.getEntries()),
                names: Object.getOwnPropertyNames(window).map((key) => {
                    try {
                        return typeof window[key] === 'string' ? window[key] : '';
                    } catch {
                        return '';
                    }
                }),
            }));
            const places = Object.entries({ ...inside, console: said, network: sent }).map(([where, what]) =>
                ({ where, text: [what].flat().join('\n') }));
            places.push({ where: 'heap', text: (await heap_strings(context, page)).join('\n') });
            return places.map(({ where, text }) => ({ where, text, bytes: Buffer.from(text) }));
        },
    };
}
