// The receiver of a run: takes every webhook, verifies its signature with the public Standard Webhooks library, and
// remembers the order of arrival. If wanted it loses an answer.

import http from 'node:http';
import { createRequire } from 'node:module';

import { sleep } from './messages.mjs';

const { Webhook } = createRequire(new URL('../../tools/npm/package.json', import.meta.url))('standardwebhooks');

const lost_answer_no = 20;  // received, and the sender does not know it: it must come again, before the card's next ones

export async function start_receiver(problem, loses_an_answer) {
    const received = [];
    let verifier = null;
    const server = http.createServer((request, response) => {
        const chunks = [];
        request.on('data', (chunk) => chunks.push(chunk));
        request.on('end', () => {
            const body = Buffer.concat(chunks).toString('utf8');
            try {
                verifier.verify(body, request.headers);
            } catch (error) {
                problem(`a webhook is not signed right: ${error.message}`);
            }
            received.push({ id: Number(request.headers['webhook-id']), name: JSON.parse(body).Name });
            if (loses_an_answer && received.length === lost_answer_no) return request.socket.destroy();
            response.writeHead(204).end();
        });
    });
    server.keepAliveTimeout = 60_000;
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
        url: `http://127.0.0.1:${server.address().port}/webhooks`,
        received,
        trust: (secret) => (verifier = new Webhook(secret)),
        async stop() {
            server.close();
            server.closeAllConnections?.();
            await sleep(0);
        },
    };
}
