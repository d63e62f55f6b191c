// The real server with one merchant of the vault, as the test needs it: a TempToken for its pages, and the use of what
// comes back. What the server wrote down is looked through at the end: no card may be in its log or its files.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';

import { Client, start, temporary_folder } from '../../../tools/contract/server.mjs';

export async function open_vault(binary, allowedOrigins) {
    const folder = temporary_folder();
    const log = path.join(folder, 'log'), data = path.join(folder, 'data');
    const server = await start(binary, data, log, ['--log-level', 'debug', '--log-requests']);
    const operator = new Client(server.port), merchant = new Client(server.port);
    await operator.sign_in('operator');
    const { items: [tenant] } = await operator.get('GET', '/api/v1/system/tenant?code=demo');
    const { id, merchantUuid } = await operator.get('POST', '/api/v1/system/vault-merchant', { tenantId: tenant.id, code: 'shop',
        name: 'Shop', allowedOrigins });
    const pair_of = async (kind) => {
        const { credential, secret } = await operator.get('POST', `/api/v1/system/vault-merchant/${id}/credential`, { kind });
        const name = kind.toLowerCase();
        return { [`apikey${name}`]: credential.keyId, [`apiclient${name}`]: secret };
    };
    const open = await pair_of('Public'), closed = await pair_of('Private');
    const ask = async (target, body, headers) => {
        const answer = await merchant.ask('POST', target, body, headers);
        assert.equal(answer.status, 200, `${target}: ${answer.status} ${answer.text}`);
        return answer.body;
    };
    return {
        url: server.url,
        merchant: merchantUuid,
        async temp_token(ExpiryMin) {
            const answer = await ask('/api/paywall/temptoken', { ClientCardSave: true, ThreeDSession: false, ExpiryMin }, open);
            assert.equal(answer.Result, true, JSON.stringify(answer));
            return answer.Body.Token;
        },
        // The merchant's server turns the token into a stored card: {Result, Body}.
        store: (CardToken) => ask('/paywall/card/tokenization', { RelationalId1: 'customer-1', Card: { CardToken, Nickname: 'card' } }, closed),
        // [{where, bytes}] of everything the server left behind.
        async stop() {
            operator.close();
            merchant.close();
            assert.equal(await server.stop('SIGTERM'), 0);
            const left = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile()).map((file) => {
                const where = path.join(file.parentPath ?? file.path, file.name);
                return { where: path.relative(folder, where), bytes: fs.readFileSync(where) };
            });
            fs.rmSync(folder, { recursive: true, force: true });
            return left;
        },
    };
}
