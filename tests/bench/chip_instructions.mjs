#!/usr/bin/env node
// What a full chip authorization costs: node tests/bench/chip_instructions.mjs build/release/takas [requests]. Counts the
// instructions of the whole server per authorization, under callgrind and over HTTP with 64 connections: plain, and with
// chip data (ARQC verified, ARPC answered) and an online PIN. The difference of two counts, so that start and end fall out.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

import { Client, make_card, start, temporary_folder } from '../../tools/contract/server.mjs';

const binary = path.resolve(process.argv[2]), requests = Number(process.argv[3] ?? 1000);
const connections = 64, cards = 256, promised_percent = 15;
const folder = temporary_folder(), data = path.join(folder, 'data'), log = path.join(folder, 'log');
const stripped = path.join(folder, 'takas'), counted = path.join(folder, 'counted'), profile = path.join(folder, 'profile');
// Valgrind 3.19 gives up on the debug information that clang 19 writes.
execFileSync('llvm-strip-19', ['--strip-debug', '-o', stripped, binary]);
fs.writeFileSync(counted, `#!/bin/sh\nexec valgrind --tool=callgrind --fair-sched=yes -q --callgrind-out-file=${profile} ${stripped} "$@"\n`, { mode: 0o755 });

const purchase = { transactionCode: 'Purchase', transactionAmount: 1, transactionCurrency: 949, posEntryMode: 'Chip', mcc: 5411,
    terminalNo: 'T0000001', cardAcceptorNo: 'M00000000000001' };

// Cards with PINs, and the chip data of every transaction, made by a server that nobody counts.
async function prepare(count) {
    const server = await start(stripped, data, log), client = new Client(server.port);
    await client.sign_in();
    const made = [];
    for (let i = 0; i < cards; ++i) {
        const { tokenId } = await make_card(client, `chip-${i}`, 1_000_000);
        const { pinBlock } = await client.get('POST', '/api/v1/sandbox/pin-block', { tokenId, pin: '4071' });
        await client.get('POST', '/api/v1/issuing/card/pin/set', { tokenId, pinBlock });
        const chip = [];
        for (let atc = 1; atc <= Math.ceil(count / cards); ++atc)
            chip.push((await client.get('POST', '/api/v1/sandbox/chip-data', { tokenId, atc, transactionAmount: 1,
                transactionCurrency: 949 })).emvData);
        made.push({ tokenId, pinBlock, chip });
    }
    client.close();
    await server.stop('SIGTERM');
    return made;
}

async function count(bodies) {
    const server = await start(counted, data, log);
    const clients = Array.from({ length: connections }, () => new Client(server.port));
    await clients[0].sign_in();
    let next = 0;
    await Promise.all(clients.map(async (client) => {
        client.headers = clients[0].headers;
        while (next < bodies.length) {
            const answer = await client.ask('POST', '/api/v1/sandbox/transaction', bodies[next++]);
            if (!answer.body?.isSuccess) throw new Error(`not approved: ${answer.text}`);
        }
    }));
    for (const client of clients) client.close();
    await server.stop('SIGTERM');
    const totals = fs.readFileSync(profile, 'utf8').match(/^(?:totals|summary): (\d+)/m);
    return Number(totals[1]);
}

const made = await prepare(4 * requests);
const plain = (from, to) => Array.from({ length: to - from }, (_, i) => ({ ...purchase, tokenId: made[(from + i) % cards].tokenId }));
const chip = (from, to) => Array.from({ length: to - from }, (_, i) => {
    const at = from + i, card = made[at % cards];
    return { ...purchase, tokenId: card.tokenId, emvData: card.chip[Math.floor(at / cards)], pinBlock: card.pinBlock };
});
const per_request = async (make) => {
    const few = await count(make(0, requests));
    return (await count(make(requests, 4 * requests)) - few) / (2 * requests);
};
const without = await per_request(plain), full = await per_request(chip);
const percent = (full / without - 1) * 100;
fs.rmSync(folder, { recursive: true, force: true });
console.log(`plain ${Math.round(without)}, chip and PIN ${Math.round(full)} instructions: ${percent.toFixed(1)} % more; promised: at most ${promised_percent} %`);
process.exit(percent <= promised_percent ? 0 : 1);
