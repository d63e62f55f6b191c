// A merchant's shop on an origin of its own (localhost, where the vault is 127.0.0.1: another site for the browser too).
// Its pages have the policy that docs/vault_fields.md recommends: this is also a test of that page.

import fs from 'node:fs';
import http from 'node:http';

const here = new URL('merchant/', import.meta.url);

function page({ vault, integrity, options }) {
    return `<!doctype html>
<html lang="${options.locale}">
<head>
<meta charset="utf-8">
<title>Shop</title>
<script src="/spy.js"></script>
<script src="${vault}/paywall/fields/v1/takas-fields.js" integrity="${integrity}" crossorigin="anonymous"></script>
<script type="module" src="/page.js"></script>
</head>
<body>
<main>
<h1>Shop</h1>
<a id="before" href="#before">Basket</a>
<div id="card"></div>
<button id="pay" type="button">Pay</button>
<p id="result" role="status"></p>
</main>
<script type="application/json" id="options">${JSON.stringify(options).replace(/</g, '\\u003c')}</script>
</body>
</html>`;
}

// {origin, url(wishes) -> where such a page is, close()}
export async function open_shop() {
    const pages = new Map();
    const server = http.createServer((request, answer) => {
        const path = new URL(request.url, 'http://shop').pathname;
        if (path === '/spy.js' || path === '/page.js') {
            answer.writeHead(200, { 'Content-Type': 'text/javascript' }).end(fs.readFileSync(new URL(path.slice(1), here)));
        } else if (pages.has(path)) {
            const wishes = pages.get(path);
            answer.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8',
                'Content-Security-Policy': `default-src 'none'; script-src 'self' ${wishes.vault}; frame-src ${wishes.vault}; base-uri 'none'; form-action 'none'` });
            answer.end(page(wishes));
        } else {
            answer.writeHead(404).end();
        }
    });
    await new Promise((resolve) => server.listen(0, 'localhost', resolve));
    const origin = `http://localhost:${server.address().port}`;
    return {
        origin,
        url(wishes) {
            const path = `/checkout/${pages.size}`;
            pages.set(path, wishes);
            return origin + path;
        },
        close: () => new Promise((resolve) => {
            server.closeAllConnections();
            server.close(resolve);
        }),
    };
}
