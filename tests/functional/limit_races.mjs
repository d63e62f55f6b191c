#!/usr/bin/env node
// Limits under trouble: node tests/functional/limit_races.mjs BINARY. Many connections buy with one card at once, take
// back what they bought, and the server is killed in the middle. No limit is ever passed, none refuses too early, and
// what the limits say was used is the sum of what was approved and not taken back; `takas verify` finds the books in order.

import { conclude, end, expect, pause, problems, serve, verify } from './trouble.mjs';

const connections = 16, purchases = 320, amount = 10, limit_count = 200, limit_amount = 1500;

let server, clients;
async function begin() {
    ({ server, clients } = await serve(connections));
}
const issuing = (method, target, body) => clients[0].get(method, `/api/v1/issuing${target}`, body);

let stan = 0;
const message_of = (tokenId) => ({ tokenId, transactionCode: 'Purchase', transactionAmount: amount, transactionCurrency: 949,
    posEntryMode: 'Chip', mcc: 5411, terminalNo: 'RACE0001', stan: String(100000 + ++stan), localTransactionTime: new Date().toISOString() });
const send = (client, message) => client.ask('POST', '/api/v1/sandbox/transaction', message);

// Every connection buys one after another; what the answers say, by message.
async function buy(tokenId, count) {
    const messages = Array.from({ length: count }, () => message_of(tokenId)), answers = new Map();
    const queue = [...messages];
    await Promise.all(clients.map(async (client) => {
        for (let message; (message = queue.shift());) {
            const answer = await send(client, message).catch(() => null);
            if (answer?.status === 200) answers.set(message.stan, answer.body);
        }
    }));
    return { messages, answers };
}
async function used(tokenId, name) {
    const limits = await issuing('GET', `/velocity-control/card/${tokenId}/limits`);
    return limits.find((one) => one.name === name).used;
}
const approved = (answers) => [...answers.values()].filter((one) => one.isSuccess);

await begin();
const product = (await issuing('GET', '/card-product')).items[0].code;
async function make_card(customerNo) {
    await issuing('POST', '/customer', { type: 'Individual', customerNo, name: 'Ada', surname: 'Kaya' });
    const { tokenId } = await issuing('POST', '/card', { cardProductCode: product, customerNo, personalizedNameLine1: 'ADA KAYA',
        deliveryAddress: { addressLine1: 'Branch 1' } });
    await issuing('PUT', '/card/status', { tokenId, status: 'Active', reason: 'CustomerRequest' });
    return tokenId;
}
const one = await make_card('race-1'), two = await make_card('race-2');
for (const tokenId of [one, two]) {
    const account = await issuing('GET', `/card/${tokenId}/account`);
    await issuing('POST', `/account/${account.accountId}/load`, { amount: 100000, currency: 949, reference: `race-${tokenId}` });
}
await issuing('POST', '/velocity-control', { name: 'Races', period: 'Lifetime', limitCount: limit_count, tenantWide: true });
await issuing('POST', '/velocity-control', { name: 'Money', period: 'Rolling24Hours', limitAmount: limit_amount, currency: 949,
    linkTo: { tokenId: two } });

// The number of approvals is the limit, not one more and not one less.
const first = await buy(one, purchases);
expect(approved(first.answers).length, limit_count, 'approvals of a card');
expect([...new Set([...first.answers.values()].filter((a) => !a.isSuccess).map((a) => a.errorCode))], ['AUTH:00020'], 'reasons');
expect(await used(one, 'Races'), { amount: limit_count * amount, count: limit_count }, 'used');

// Half of them are taken back at once, while others buy: there is room for exactly as many again.
const back = approved(first.answers).slice(0, limit_count / 2);
const queue = [...back];
const [second] = await Promise.all([buy(one, purchases), ...clients.map(async (client) => {
    for (let bought; (bought = queue.shift());)
        expect((await client.ask('POST', '/api/v1/sandbox/transaction/void', { transactionId: bought.transactionId })).body.isSuccess, true, 'a void');
})]);
const third = await buy(one, purchases);
expect(approved(second.answers).length + approved(third.answers).length, back.length, 'approvals after the voids');
expect((await used(one, 'Races')).count, limit_count, 'used after the voids');

// Killed while they buy: what was acknowledged is counted, and a repeat of what was not is decided once.
const under_way = buy(two, purchases);
await pause(150);
await server.stop('SIGKILL');
const cut = await under_way;
await begin();
const again = [];
for (const message of cut.messages) again.push((await send(clients[0], message)).body);
const kept = again.filter((answer) => answer.isSuccess);
expect(kept.length, limit_amount / amount, 'approvals of the second card');
const stood = new Set(kept.map((answer) => answer.transactionId));
for (const answer of approved(cut.answers)) if (!stood.has(answer.transactionId)) problems.push('an acknowledged approval is lost');
expect(await used(two, 'Money'), { amount: limit_amount, count: limit_amount / amount }, 'used by the second card');

await end({ server, clients });
verify();
conclude('every limit exact, nothing counted twice or lost');
