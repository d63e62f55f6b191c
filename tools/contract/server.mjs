// Starts the real program with the demo institution on a data folder, for tests that need a process: one that can be
// killed, or whose log and files are looked through afterwards.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';

const start_patience_ms = 20_000;  // a machine that builds something else at the same time is no reason to fail

export const temporary_folder = () => fs.mkdtempSync(path.join(os.tmpdir(), 'takas-test-'));

// {port, url, stop(signal) -> how it ended}; `log` is a file that gets everything the program says.
export async function start(binary, data, log, flags = []) {
    const out = fs.openSync(log, 'a');
    const child = spawn(binary, ['serve', '--demo', '--data', data, '--http', '127.0.0.1:0', ...flags],
        { stdio: ['ignore', 'pipe', out] });
    const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)));
    const port = await new Promise((resolve, reject) => {
        let said = '';
        const patience = setTimeout(() => reject(new Error('the server does not start')), start_patience_ms);
        const give_up = (why) => {
            clearTimeout(patience);
            reject(new Error(`the server does not start: ${why}\n${fs.readFileSync(log, 'utf8').slice(-4000)}`));
        };
        child.once('error', (error) => give_up(error.message));
        child.once('exit', (code, signal) => give_up(`exited with ${code ?? signal}`));
        child.stdout.on('data', (chunk) => {
            fs.writeSync(out, chunk);
            const found = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec((said += chunk));
            if (!found) return;
            clearTimeout(patience);
            resolve(Number(found[1]));
        });
    });
    return {
        port,
        pid: child.pid,
        url: `http://127.0.0.1:${port}`,
        async stop(signal) {
            child.kill(signal);
            const how = await ended;
            fs.closeSync(out);
            return how;
        },
    };
}

// Keeps its connections; `ask` answers {status, contentType, body, text} or throws when no whole answer came.
export class Client {
    constructor(port) {
        this.port = port;
        this.agent = new http.Agent({ keepAlive: true });
        this.headers = {};
    }

    ask(method, target, body, headers = {}) {
        const text = body === undefined ? undefined : Buffer.isBuffer(body) || typeof body === 'string' ? body
            : JSON.stringify(body);
        const all = { 'Accept-Language': 'en', ...this.headers, ...headers };
        if (text !== undefined) {
            all['Content-Type'] ??= 'application/json';
            all['Content-Length'] = Buffer.byteLength(text);
        }
        return new Promise((resolve, reject) => {
            const request = http.request({ host: '127.0.0.1', port: this.port, method, path: target, headers: all,
                agent: this.agent }, (answer) => {
                const chunks = [];
                answer.on('data', (chunk) => chunks.push(chunk));
                answer.on('error', reject);
                answer.on('aborted', () => reject(new Error('cut off')));
                answer.on('end', () => {
                    if (!answer.complete) return reject(new Error('cut off'));
                    const whole = Buffer.concat(chunks).toString();
                    const content_type = answer.headers['content-type'] ?? '';
                    let parsed;
                    try {
                        parsed = /json/.test(content_type) ? JSON.parse(whole) : undefined;
                    } catch {
                        parsed = undefined;
                    }
                    resolve({ status: answer.statusCode, contentType: content_type, text: whole, body: parsed });
                });
            });
            request.on('error', reject);
            request.end(text);
        });
    }

    // As ask; anything but 200 or 204 is an error.
    async get(method, target, body) {
        const answer = await this.ask(method, target, body);
        if (answer.status !== 200 && answer.status !== 204)
            throw new Error(`${method} ${target}: ${answer.status} ${answer.text}`);
        return answer.body;
    }

    async sign_in(name = 'demo') {
        const token = await this.get('POST', '/connect/token',
            { grant_type: 'password', username: name, password: name, client_id: name });
        this.headers.Authorization = `Bearer ${token.access_token}`;
        return token;
    }

    close() {
        this.agent.destroy();
    }
}

// An active card of its own customer with an account of its own, loaded with `amount`.
export async function make_card(client, name, amount, product = 'DEMO-VIRTUAL', more = {}) {
    await client.get('POST', '/api/v1/issuing/customer', { type: 'Individual', customerNo: name, name: 'Ayşe',
        surname: 'Yılmaz' });
    const card = await client.get('POST', '/api/v1/issuing/card', { cardProductCode: product, customerNo: name, ...more });
    if (card.status !== 'Active')
        await client.get('PUT', '/api/v1/issuing/card/status', { tokenId: card.tokenId, status: 'Active',
            reason: 'CustomerRequest' });
    const account = await client.get('GET', `/api/v1/issuing/card/${card.tokenId}/account`);
    if (amount)
        await client.get('POST', `/api/v1/issuing/account/${account.accountId}/load`, { amount, currency: 949,
            reference: `first ${name}` });
    return { ...card, accountId: account.accountId };
}
