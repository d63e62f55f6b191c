#!/usr/bin/env node
// The kill test: node tests/kill/kill.mjs BINARY. Clients send purchases and loads with message keys while the server
// is killed again and again (SIGKILL, TAKAS_KILLS times, default 50). After every restart messages are sent again, some
// that had no answer and some that had one. In the end every acknowledged answer must still be true, every repeat must
// have got the first answer, nothing may count twice and the books must be sound.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

import { Client, make_card, start, temporary_folder } from '../../tools/contract/server.mjs';

const kills = Number(process.env.TAKAS_KILLS ?? 50);
const seed = Number(process.env.TAKAS_SEED ?? Date.now() % 1_000_000);
const clients_count = 8, cards_count = 4;
const load_ms_min = 40, load_ms_more = 260;  // how long a server lives under load before it is killed
const repeats_of_answered = 10;              // per restart
const binary = process.argv[2];

// A small generator, so that a failing run can be made again (TAKAS_SEED).
let random_state = seed;
const random = () => {
    random_state = (Math.imul(random_state, 1664525) + 1013904223) >>> 0;
    return random_state / 2 ** 32;
};
const pick = (list) => list[Math.floor(random() * list.length)];

const problems = [];
const problem = (text) => problems.length < 20 && problems.push(text);

// Every message ever sent: {target, body, kind, card, answer} - the answer once one came.
const messages = [];
const unanswered = new Set();

function purchase(card) {
    const number = messages.length;
    const amount = random() < 0.05 ? 9_999_999.99 : Math.ceil(random() * 5000) / 100;  // now and then a decline
    return { kind: 'purchase', card, target: '/api/v1/sandbox/transaction', body: {
        tokenId: card.tokenId, transactionCode: 'Purchase', transactionAmount: amount, transactionCurrency: 949,
        posEntryMode: 'Chip', mcc: 5411, stan: String(number % 1_000_000).padStart(6, '0'),
        localTransactionTime: new Date(Date.UTC(2031, 2, 1) + number * 1000).toISOString(),
        terminalNo: 'KILLTEST', transactionFlowCode: random() < 0.2 ? 'Financial' : 'Authorization' } };
}

function load(card) {
    return { kind: 'load', card, target: `/api/v1/issuing/account/${card.accountId}/load`,
        body: { amount: Math.ceil(random() * 1000) / 100, currency: 949, reference: `load ${messages.length}` } };
}

const kept_of = { purchase: ['transactionId', 'isSuccess', 'responseCode', 'errorCode', 'authNo', 'approvedAmount'],
    load: [] };

// Sends once; a lost answer leaves the message unanswered. A second answer must be the first one.
async function send(client, message) {
    const answer = await client.ask('POST', message.target, message.body).catch(() => null);
    if (!answer || answer.status === 503 || answer.status === 429) return unanswered.add(message);
    if (answer.status !== 200) return problem(`${message.kind} ${JSON.stringify(message.body)}: ${answer.status} ${answer.text}`);
    unanswered.delete(message);
    const kept = Object.fromEntries(kept_of[message.kind].map((name) => [name, answer.body[name]]));
    if (!message.answer) message.answer = kept;
    else if (JSON.stringify(kept) !== JSON.stringify(message.answer))
        problem(`a repeat got ${JSON.stringify(kept)} instead of ${JSON.stringify(message.answer)}`);
    return message;
}

// The run of one server: load on all clients until it is killed.
async function live_and_die(server, token, cards) {
    const clients = Array.from({ length: clients_count }, () => new Client(server.port));
    let over = false;
    const loops = clients.map(async (client) => {
        client.headers.Authorization = `Bearer ${token.access_token}`;
        while (!over) {
            const message = random() < 0.1 ? load(pick(cards)) : purchase(pick(cards));
            messages.push(message);
            await send(client, message);
            if (unanswered.has(message)) return;  // the server is gone
        }
    });
    await new Promise((resolve) => setTimeout(resolve, load_ms_min + random() * load_ms_more));
    const killed = server.stop('SIGKILL');
    over = true;
    await Promise.all([...loops, killed]);
    clients.forEach((client) => client.close());
}

async function send_again(client, all_unanswered) {
    const answered = messages.filter((message) => message.answer);
    const again = [...unanswered].filter(() => all_unanswered || random() < 0.7);
    for (let i = 0; i < repeats_of_answered && answered.length; ++i) again.push(pick(answered));
    for (let i = 0; i < again.length; i += clients_count)
        await Promise.all(again.slice(i, i + clients_count).map((message) => send(client, message)));
}

const minor = (amount) => Math.round(Number(amount) * 100);

// What the clients know against what the server says.
async function compare(client, cards) {
    if (unanswered.size) problem(`${unanswered.size} messages never got an answer`);
    for (const card of cards) {
        const mine = messages.filter((message) => message.card === card);
        const approved = mine.filter((m) => m.kind === 'purchase' && m.answer?.isSuccess);
        const sum = (list, value) => list.reduce((total, message) => total + minor(value(message)), 0);
        const is_posted = (m) => m.body.transactionFlowCode === 'Financial';
        const held = sum(approved.filter((m) => !is_posted(m)), (m) => m.answer.approvedAmount);
        const posted = minor(card.first) + sum(mine.filter((m) => m.kind === 'load'), (m) => m.body.amount) -
            sum(approved.filter(is_posted), (m) => m.answer.approvedAmount);
        const account = await client.get('GET', `/api/v1/issuing/account/${card.accountId}`);
        if (minor(account.heldAmount) !== held) problem(`account ${card.accountId} holds ${account.heldAmount}, not ${held / 100}`);
        if (minor(account.postedBalance) !== posted)
            problem(`account ${card.accountId} has ${account.postedBalance}, not ${posted / 100}`);
    }
    const purchases = messages.filter((message) => message.kind === 'purchase');
    if (new Set(purchases.map((m) => m.answer?.transactionId)).size !== purchases.length)
        problem('two messages share a transaction');
    await check_rows(client, purchases);
}

async function check_rows(client, purchases) {
    const rows = new Map();
    const today = new Date().toISOString().slice(0, 10), page = 1000;
    for (let skip = 0, total = 1; skip < total; skip += page) {
        const target = `/api/v1/issuing-transaction/card-transaction?startDate=${first_day}&endDate=${today}` +
            `&transactionCode=Purchase&skipCount=${skip}&maxResultCount=${page}`;
        const answer = await client.get('GET', target);
        total = answer.totalCount;
        for (const row of answer.items) rows.set(row.id, row);
    }
    if (rows.size !== purchases.length) problem(`${rows.size} transactions on record, ${purchases.length} messages sent`);
    for (const { answer, body } of purchases) {
        const row = answer && rows.get(answer.transactionId);
        if (!row) problem(`an acknowledged transaction is gone: ${JSON.stringify(answer)}`);
        else if (row.authNo !== answer.authNo || minor(row.transactionAmount) !== minor(body.transactionAmount) ||
            (row.transactionResult === 'Approved') !== answer.isSuccess)
            problem(`${JSON.stringify(answer)} is on record as ${row.transactionResult} ${row.authNo} ${row.transactionAmount}`);
    }
}

const folder = temporary_folder();
const data = path.join(folder, 'data'), log = path.join(folder, 'log');
const first_day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const began = performance.now();
let server = await start(binary, data, log);
let client = new Client(server.port);
const token = await client.sign_in();
const cards = [];
for (let i = 0; i < cards_count; ++i) {
    const first = (i + 1) * 5000;  // the first runs dry, the last does not
    cards.push({ ...(await make_card(client, `kill-${i}`, first)), first });
}
for (let i = 0; i < kills && !problems.length; ++i) {
    client.close();
    await live_and_die(server, token, cards);
    server = await start(binary, data, log);
    client = new Client(server.port);
    client.headers.Authorization = `Bearer ${token.access_token}`;
    await send_again(client, false);
}
await send_again(client, true);
await compare(client, cards);
client.close();
const how = await server.stop('SIGTERM');
if (how !== 0) problem(`SIGTERM ended the server with ${how}`);
const verified = spawnSync(binary, ['verify', '--data', data], { encoding: 'utf8' });
if (verified.status !== 0) problem(`takas verify: ${verified.stdout}${verified.stderr}`);

const answered = messages.filter((message) => message.answer).length;
console.log(`${kills} kills, ${messages.length} messages, ${answered} answered, seed ${seed}, ` +
    `${Math.round((performance.now() - began) / 1000)} s`);
for (const text of problems) console.log(`problem: ${text}`);
if (problems.length) console.log(`the server's log and data are in ${folder}`);
else fs.rmSync(folder, { recursive: true, force: true });
process.exit(problems.length || answered === 0 ? 1 : 0);
