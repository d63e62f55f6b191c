#!/usr/bin/env node
// The job card-fees under trouble: node tests/functional/fee_crash.mjs BINARY. It is killed again and again in the middle
// of charging several hundred cards, and run until it is through; in the end every card is charged exactly once
// for being made and once for its first period, and `takas verify` finds the books in order.

import fs from 'node:fs';
import path from 'node:path';

import { conclude, data, end, expect, folder, make_noname_product, problems, run_and_kill, serve, verify } from './trouble.mjs';

const cards = 600, tries_max = 80, finer_max = 8;

let life;
const get = (method, target, body) => life.clients[0].get(method, `/api/v1/issuing${target}`, body);

async function make_cards() {
    await make_noname_product(life.clients[0], 'FEE');
    await get('POST', '/fee-management/card-issuance', { name: 'Noname', amount: 5, issuanceType: 'Noname', taxInclusionMode: 'Included',
        linkTo: { cardProductCode: ['FEE'] } });
    await get('POST', '/fee-management/card-annual', { name: 'Yearly', amount: 10, linkTo: { cardProductCode: ['FEE'] } });
    const batch = await get('POST', '/card/noname', { cardProductCode: 'FEE', count: cards, deliveryAddress: { addressLine1: 'Branch 1' } });
    expect([batch.state, batch.successCount], ['Completed', cards], 'the batch');
    return batch.cards.map((card) => card.tokenId);
}

const job = ['jobs', 'run', 'card-fees', '--data', data, '--sandbox', 'on'];

life = await serve();
const tokens = await make_cards();
await end(life);

const charged_by = (said) => Number(/^0: (?:[^]*\n)?(\d+) card fees charged/m.exec(said)?.[1] ?? -1);
let kills = 0, ended = '', finer = 1;
const step_ms = (after_ms) => (after_ms < 2000 ? 60 : 300) / finer;
const untouched = path.join(folder, 'untouched');
fs.cpSync(data, untouched, { recursive: true });
// The job's own start takes most of its time: the moment of the kill is moved along until it meets the work, and when the
// work was done between two moments, from the last ones again in smaller steps.
for (let tries = 0, after_ms = 200; tries < tries_max; ++tries, after_ms += step_ms(after_ms)) {
    const { killed, said } = await run_and_kill(job, after_ms);
    ended = said;
    if (killed) {
        ++kills;
        continue;
    }
    if (charged_by(said) !== 2 * cards) break;
    fs.rmSync(data, { recursive: true });
    fs.cpSync(untouched, data, { recursive: true });
    after_ms -= 4 * step_ms(after_ms);
    finer = Math.min(2 * finer, finer_max);
}
expect(/^0: /.test(ended), true, `the job that was not killed says ${ended}`);
verify();
const last = await run_and_kill(job, 120_000);
expect(last.said.includes('0 card fees charged, 0 wait'), true, `a second run says ${last.said}`);

life = await serve();
for (const token of tokens) {
    const { items } = await get('GET', `/event?tokenId=${token}&eventNames=CardFeeCharged`);
    const types = items.map((one) => one.data.FeeType).sort();
    if (JSON.stringify(types) !== '["Noname","Yearly"]') problems.push(`card ${token} was charged ${JSON.stringify(types)}`);
    const account = await get('GET', `/card/${token}/account`);
    if (account.postedBalance !== -15.5) problems.push(`card ${token} stands at ${account.postedBalance}`);
}
await end(life);
verify();
const count = charged_by(ended);
expect(kills > 0 && count >= 0 && count < 2 * cards, true, `kills in the middle of the work (${kills} kills, the last run charged ${count})`);
conclude(`${cards} cards charged once each for being made and for the period, over ${kills} kills`);
