#!/usr/bin/env node
// Cards under trouble: node tests/functional/card_races.mjs BINARY. A server is killed in the middle of batches of a
// thousand cards, and ten connections change the same card or make the same customer at once. No card is made twice,
// every batch is finished, of each change one succeeds, and `takas verify` finds the books and the audit in order.

import { conclude, end, expect, make_noname_product, pause, problems, serve, verify } from './trouble.mjs';

const connections = 10, cards = 1000, patience_ms = 60_000;
const rounds = 20;  // who meets whom, and how far its commit is, differs from round to round

let server, clients;
async function begin() {
    ({ server, clients } = await serve(connections));
}
const get = (method, target, body) => clients[0].get(method, `/api/v1/issuing${target}`, body);
// The same call by every connection at once: how many succeeded, and what the others were told.
async function at_once(method, target, body_of) {
    const answers = await Promise.all(clients.map((client, i) => client.ask(method, `/api/v1/issuing${target}`, body_of(i))));
    const refusals = answers.filter((one) => one.status !== 200).map((one) => one.body.error.code);
    return { bodies: answers.filter((one) => one.status === 200).map((one) => one.body), codes: [...new Set(refusals)] };
}

const deliveryAddress = { addressLine1: 'Branch 1' };

// The caller has no answer; the next server finishes what the first one began, or had not.
async function kill_in_a_batch(allOrNothing) {
    const body = { cardProductCode: 'RACE', count: cards, deliveryAddress, allOrNothing };
    const key = { 'Idempotency-Key': `batch-${allOrNothing}` };
    const call = () => clients[0].ask('POST', '/api/v1/issuing/card/noname', body, key);
    const cut = call().catch(() => null);
    let seen;
    for (let waited = 0; !seen?.successCount && waited < patience_ms; waited += 5) {
        [seen] = (await clients[1].get('GET', '/api/v1/issuing/card/noname?state=Running&maxResultCount=1')).items;
        await pause(5);
    }
    await server.stop('SIGKILL');
    if (await cut) problems.push('the batch was done before the server was killed: nothing was tried');
    await begin();
    const found = await get('GET', `/card/noname/${seen.batchId}`);
    expect(found.state, 'Running', 'the state after the kill');
    expect(found.cards.length, allOrNothing ? 0 : found.successCount, 'cards of the batch after the kill');
    let answer = await call();
    for (let waited = 0; answer.status === 409 && waited < patience_ms; waited += 500) {
        await pause(500);
        answer = await call();
    }
    const batch = answer.body;
    expect([answer.status, batch.batchId, batch.state, batch.successCount], [200, seen.batchId, 'Completed', cards], 'the repeat');
    expect(new Set(batch.cards.map((card) => card.tokenId)).size, cards, 'tokens');
    expect(new Set(batch.cards.map((card) => card.barcode)).size, cards, 'barcodes');
    return batch.cards.map((card) => card.tokenId);
}

async function race(tokens, round) {
    const owners = [`race-${round}-1`, `race-${round}-2`];
    const customer = { type: 'Individual', customerNo: owners[0], name: 'Ada', surname: 'Kaya' };
    const made = await at_once('POST', '/customer/get-or-create', () => customer);
    expect([made.bodies.filter((one) => one.created).length, made.codes], [1, []], 'customers created');
    expect(new Set(made.bodies.map((one) => one.id)).size, 1, 'customers');
    await get('POST', '/customer', { ...customer, customerNo: owners[1] });

    const linked = await at_once('POST', '/card/link-customer', (i) => ({ tokenId: tokens[0], customerNo: owners[i % 2], activate: true }));
    expect([linked.bodies.length, linked.codes], [1, ['CARD:00022']], 'links');
    const renewed = await at_once('POST', '/card/renew', (i) => ({ tokenId: tokens[0], keepCardNumber: i % 2 === 0 }));
    expect([renewed.bodies.length, renewed.codes], [1, ['CARD:00025']], 'renewals');
    await get('POST', '/card/link-customer', { tokenId: tokens[1], customerNo: owners[0], activate: true });
    const lost = await at_once('PUT', '/card/status', () => ({ tokenId: tokens[1], status: 'Lost', reason: 'CustomerRequest', createNewCard: true }));
    expect([lost.bodies.length, lost.codes], [1, ['CARD:00003']], 'reports of a loss');
    expect(lost.bodies[0].issuanceResult.isSuccess, true, 'the new card');
    const replaced = await get('GET', `/card/${tokens[1]}`);
    expect(replaced.replacedByTokenId, lost.bodies[0].issuanceResult.newTokenId, 'the card in its place');
}

await begin();
await make_noname_product(clients[0], 'RACE');
const tokens = await kill_in_a_batch(false);
await kill_in_a_batch(true);
for (let round = 0; round < rounds; ++round) await race(tokens.slice(2 * round), round);
const noname = new Set();
for (let cursor = ''; cursor !== null;) {
    const page = await get('GET', `/card?isNoname=true&maxResultCount=1000&cursor=${encodeURIComponent(cursor)}`);
    for (const card of page.items) noname.add(card.tokenId);
    cursor = page.nextCursor || null;
}
// The lost one was linked before: what took its place is its owner's card.
expect(noname.size, 2 * cards, 'cards of both batches');
await end({ server, clients });
verify();
conclude('every card once, every batch finished, one change each');
