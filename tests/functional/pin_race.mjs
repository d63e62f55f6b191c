#!/usr/bin/env node
// Guessing in parallel: node tests/functional/pin_race.mjs BINARY. Ten connections send a wrong PIN (or CVV2) for one card at
// the same moment, as authorizations and as verifications. However they meet, exactly the product's limit of them is
// counted, the rest hears "blocked", the card is blocked once, with one event, and the right secret is no use any more.

import http from 'node:http';

import { make_card } from '../../tools/contract/server.mjs';
import { conclude, data, end, expect, pause, serve } from './trouble.mjs';

const connections = 10, limit = 3, rounds = 8;
const patience_ms = 20_000;
const events = [];

const receiver = http.createServer((request, answer) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
        events.push(JSON.parse(Buffer.concat(chunks).toString()));
        answer.writeHead(204).end();
    });
});
await new Promise((resolve) => receiver.listen(0, '127.0.0.1', resolve));

const life = await serve(connections, data, ['--lanes', '2', '--io-threads', '2']);
const { clients } = life, [first] = clients;

const must = (answer, what) => {
    if (answer.status !== 200) throw new Error(`${what}: ${answer.status} ${answer.text}`);
    return answer.body;
};
const tally = (values) => [...values].sort().reduce((sums, value) => ({ ...sums, [value]: (sums[value] ?? 0) + 1 }), {});
const all_at_once = (target, body) => Promise.all(clients.map((client) => client.ask('POST', target, body)));

must(await first.ask('POST', '/api/v1/issuing/webhook', { eventNames: ['PinBlocked', 'Cvv2Blocked'],
    url: `http://127.0.0.1:${receiver.address().port}/hook`, authenticationType: 'None' }), 'webhook');

const purchase = { transactionCode: 'Purchase', transactionAmount: 1, transactionCurrency: 949, posEntryMode: 'ECommerce', mcc: 5411 };
const pin_block = async (tokenId, pin) => must(await first.ask('POST', '/api/v1/sandbox/pin-block', { tokenId, pin }), 'pin-block').pinBlock;
const details = async (tokenId) => must(await first.ask('GET', `/api/v1/issuing/card/${tokenId}/details`), 'details');

async function guess_pins(card, by_authorization) {
    const tokenId = card.tokenId, what = by_authorization ? 'authorized PINs' : 'verified PINs';
    const right = await pin_block(tokenId, '4071'), wrong = await pin_block(tokenId, '4072');
    must(await first.ask('POST', '/api/v1/issuing/card/pin/set', { tokenId, pinBlock: right }), 'set');
    if (by_authorization) {
        const answers = await all_at_once('/api/v1/sandbox/transaction', { ...purchase, tokenId, pinBlock: wrong });
        expect(tally(answers.map((answer) => must(answer, what).errorCode)),
            { 'AUTH:00009': limit, 'AUTH:00010': connections - limit }, what);
    } else {
        const answers = await all_at_once('/api/v1/issuing/card/pin/verify', { tokenId, pinBlock: wrong });
        const left = answers.map((answer) => must(answer, what).remainingTryCount).sort();
        expect(left, [...Array(connections - limit + 1).fill(0), 1, 2], what);
        expect(answers.some((answer) => answer.body.verified), false, `${what}: verified`);
    }
    const now = await details(tokenId);
    expect([now.pinTryCount, now.pinBlocked], [limit, true], `${what}: counter`);
    const late = must(await first.ask('POST', '/api/v1/sandbox/transaction', { ...purchase, tokenId, pinBlock: right }), what);
    expect(late.errorCode, 'AUTH:00010', `${what}: the right one afterwards`);
}

async function guess_cvv2s(card) {
    const tokenId = card.tokenId;
    const { cvv2 } = must(await first.ask('POST', '/api/v1/sandbox/card-info', { tokenId }), 'card-info');
    const wrong = String((Number(cvv2) + 1) % 1000).padStart(3, '0');
    const answers = await all_at_once('/api/v1/sandbox/transaction', { ...purchase, tokenId, cvv2: wrong });
    expect(tally(answers.map((answer) => must(answer, 'CVV2').errorCode)),
        { 'AUTH:00012': limit, 'AUTH:00013': connections - limit }, 'CVV2s');
    const now = await details(tokenId);
    expect([now.cvv2TryCount, now.cvv2Blocked], [limit, true], 'CVV2s: counter');
}

// Right and wrong ones mixed: whatever the order, wrong ones since the last right one are what is counted.
async function mix_pins(card) {
    const tokenId = card.tokenId;
    const right = await pin_block(tokenId, '4071'), wrong = await pin_block(tokenId, '4072');
    must(await first.ask('POST', '/api/v1/issuing/card/pin/set', { tokenId, pinBlock: right }), 'set');
    const answers = await Promise.all(clients.map((client, i) => client.ask('POST', '/api/v1/issuing/card/pin/verify',
        { tokenId, pinBlock: i < 2 ? wrong : right })));
    expect(answers.filter((answer) => must(answer, 'mixed').verified).length, connections - 2, 'mixed: right ones');
    const now = await details(tokenId);
    expect([now.pinTryCount <= 2, now.pinBlocked], [true, false], 'mixed: counter');
}

const blocked = [];
for (let round = 0; round < rounds; ++round) {
    const card = await make_card(first, `race-${round}`, 100, 'DEMO-VIRTUAL');
    await guess_pins(card, round % 2 === 0);
    await guess_cvv2s(card);
    await mix_pins(card);
    blocked.push(card.tokenId);
}
const wanted = 2 * rounds;
for (const since = performance.now(); events.length < wanted && performance.now() - since < patience_ms;)
    await pause(20);
await pause(300);  // for one too many
for (const tokenId of blocked)
    for (const name of ['PinBlocked', 'Cvv2Blocked'])
        expect(events.filter((event) => event.Name === name && event.Data.CardTokenId === tokenId).length, 1, `${name} events`);
expect(Object.keys(events[0]?.Data ?? {}), ['CardTokenId', 'MaskedCardNo', 'CustomerNo', 'DateTime', 'User'], 'the payload');

await end(life);
receiver.close();
conclude(`${rounds} rounds, ${connections} connections, ${events.length} events`);
