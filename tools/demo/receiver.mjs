// The institution's side of the webhooks: receives them on loopback and verifies each with the public Standard Webhooks
// library, which knows nothing of the server that signed them.

import http from 'node:http';
import { createRequire } from 'node:module';

const { Webhook } = createRequire(new URL('../npm/package.json', import.meta.url))('standardwebhooks');

export async function start_receiver() {
    const received = [];
    const refused = [];
    let verifier = null;
    const server = http.createServer((request, response) => {
        const chunks = [];
        request.on('data', (chunk) => chunks.push(chunk));
        request.on('end', () => {
            const body = Buffer.concat(chunks).toString('utf8');
            try {
                verifier.verify(body, request.headers);
                const { Name: name, Data: data } = JSON.parse(body);
                received.push({ id: request.headers['webhook-id'], attempt: request.headers['x-webhook-attempt'], name, data });
                response.writeHead(204).end();
            } catch (error) {
                refused.push(`${error.message}: ${body.slice(0, 200)}`);
                response.writeHead(400).end();
            }
        });
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
        url: `http://127.0.0.1:${server.address().port}/webhooks`,
        received,
        refused,
        trust: (secret) => (verifier = new Webhook(secret)),
        async wait_for(count, patience_ms) {
            const until = performance.now() + patience_ms;
            while (received.length < count && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 25));
        },
        stop: () => (server.close(), server.closeAllConnections?.()),
    };
}
