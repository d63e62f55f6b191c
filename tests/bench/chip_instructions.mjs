#!/usr/bin/env node
// What a full chip authorization costs: node tests/bench/chip_instructions.mjs build/release/takas [requests]. Counts the
// instructions of the whole server per authorization, under callgrind and over HTTP with 64 connections: plain, and with
// chip data (ARQC verified, ARPC answered) and an online PIN. The difference of two counts, the shorter of which has used
// every card once: start, end and the reading of accounts into memory fall out. KEEP=FOLDER keeps the profiles there.

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

// The folder is this run's own: it goes with the run, also when that fails, and so does a server that still runs.
const running = new Set();
async function started(program) {
    const server = await start(program, data, log);
    running.add(server);
    return { ...server, stop: (signal) => (running.delete(server), server.stop(signal)) };
}
async function clean_up() {
    await Promise.all([...running].map((server) => server.stop('SIGKILL')));
    fs.rmSync(folder, { recursive: true, force: true });
}

// Cards with PINs, and the chip data of every transaction, made by a server that nobody counts. `count` of them a card.
async function prepare(count) {
    const server = await started(stripped), client = new Client(server.port);
    await client.sign_in();
    const demo = await client.get('GET', '/api/v1/issuing/card-product/DEMO-VIRTUAL');
    await client.get('POST', '/api/v1/issuing/card-product', { code: 'BENCH-CHIP', name: 'BENCH-CHIP', cardDci: demo.cardDci,
        brand: demo.brand, binRangeId: demo.binRangeId ?? demo.binRange.id, currency: 949, validityPeriodMonths: 60,
        physicals: [{ physicalType: 'Virtual', isDefault: true, emvProfileCode: 'MASTERCARD_CVN20' }] });
    const made = [];
    for (let i = 0; i < cards; ++i) {
        const { tokenId } = await make_card(client, `chip-${i}`, 1_000_000, 'BENCH-CHIP');
        const { pinBlock } = await client.get('POST', '/api/v1/sandbox/pin-block', { tokenId, pin: '4071' });
        await client.get('POST', '/api/v1/issuing/card/pin/set', { tokenId, pinBlock });
        const chip = [];
        for (let atc = 1; atc <= count; ++atc)
            chip.push((await client.get('POST', '/api/v1/sandbox/chip-data', { tokenId, atc, transactionAmount: 1,
                transactionCurrency: 949 })).emvData);
        made.push({ tokenId, pinBlock, chip });
    }
    client.close();
    await server.stop('SIGTERM');
    return made;
}

// One connection has all messages of a card, in their order: a chip's counter must rise.
async function count(bodies, name) {
    const server = await started(counted);
    const clients = Array.from({ length: connections }, () => new Client(server.port));
    await clients[0].sign_in();
    await Promise.all(clients.map(async (client, first) => {
        client.headers = clients[0].headers;
        for (let at = first; at < bodies.length; at += connections) {
            const answer = await client.ask('POST', '/api/v1/sandbox/transaction', bodies[at]);
            if (!answer.body?.isSuccess) throw new Error(`not approved: ${answer.text}`);
        }
    }));
    for (const client of clients) client.close();
    await server.stop('SIGTERM');
    const text = fs.readFileSync(profile, 'utf8');
    if (process.env.KEEP) fs.copyFileSync(profile, path.join(process.env.KEEP, name));
    return Number(text.match(/^(?:totals|summary): (\d+)/m)[1]);
}

if (cards % connections !== 0) throw new Error('a card would have two connections');
const rounds = Math.ceil((cards + requests) / cards);
let made;
const plain = (index) => ({ ...purchase, tokenId: made[index % cards].tokenId });
const chip = (index) => {
    const card = made[index % cards];
    return { ...plain(index), emvData: card.chip[Math.floor(index / cards)], pinBlock: card.pinBlock };
};
// The second run goes on where the first one ended: with every card's second message.
async function per_request(make, name) {
    const bodies = (from, to) => Array.from({ length: to - from }, (_, i) => make(from + i));
    const few = await count(bodies(0, cards), `${name}.few`);
    return (await count(bodies(cards, 2 * cards + requests), `${name}.many`) - few) / requests;
}
try {
    made = await prepare(1 + rounds);
    const without = await per_request(plain, 'plain'), full = await per_request(chip, 'chip');
    const percent = (full / without - 1) * 100;
    console.log(`plain ${Math.round(without)}, chip and PIN ${Math.round(full)} instructions: ${percent.toFixed(1)} % more; promised: at most ${promised_percent} %`);
    process.exitCode = percent <= promised_percent ? 0 : 1;
} finally {
    await clean_up();
}
