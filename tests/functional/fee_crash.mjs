#!/usr/bin/env node
// The job card-fees under trouble: node tests/functional/fee_crash.mjs BINARY. It is killed again and again in the middle
// of charging several hundred cards, and run until it is through; in the end every card is charged exactly once
// for being made and once for its first period, and `takas verify` finds the books in order.

import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

import { Client, start, temporary_folder } from '../../tools/contract/server.mjs';

const cards = 600, kills_max = 40;
const binary = process.argv[2];
const folder = temporary_folder();
const data = path.join(folder, 'data'), log = path.join(folder, 'log');
const problems = [];
const expect = (is, wanted, what) => {
    if (JSON.stringify(is) !== JSON.stringify(wanted)) problems.push(`${what}: ${JSON.stringify(is)}, not ${JSON.stringify(wanted)}`);
};

let server, client;
async function serve() {
    server = await start(binary, data, log);
    client = new Client(server.port);
    await client.sign_in();
}
async function end() {
    client.close();
    expect(await server.stop('SIGTERM'), 0, 'the server\'s end');
}
const get = (method, target, body) => client.get(method, `/api/v1/issuing${target}`, body);

async function make_cards() {
    const bin = (await get('GET', '/card-bin')).items[0];
    const ranges = await get('GET', `/card-bin-range?binId=${bin.id}`);
    await get('POST', '/card-product', { code: 'FEE', name: 'Fee', cardDci: bin.cardDci, brand: bin.brand,
        binRangeId: (ranges.items ?? ranges)[0].id, currency: 949, validityPeriodMonths: 60, isNonameAllowed: true,
        physicals: [{ physicalType: 'Emv', isDefault: true, persoOfficeCode: 'PO1' }] });
    await get('POST', '/fee-management/card-issuance', { name: 'Noname', amount: 5, issuanceType: 'Noname', taxInclusionMode: 'Included',
        linkTo: { cardProductCode: ['FEE'] } });
    await get('POST', '/fee-management/card-annual', { name: 'Yearly', amount: 10, linkTo: { cardProductCode: ['FEE'] } });
    const batch = await get('POST', '/card/noname', { cardProductCode: 'FEE', count: cards, deliveryAddress: { addressLine1: 'Branch 1' } });
    expect([batch.state, batch.successCount], ['Completed', cards], 'the batch');
    return batch.cards.map((card) => card.tokenId);
}

const job = () => spawn(binary, ['jobs', 'run', 'card-fees', '--data', data, '--sandbox', 'on'], { stdio: ['ignore', 'pipe', 'pipe'] });
// How the job ended: 'killed' when it was, else what it said.
function run_and_kill(after_ms) {
    return new Promise((resolve) => {
        const child = job();
        let said = '';
        child.stdout.on('data', (part) => said += part);
        child.stderr.on('data', (part) => said += part);
        const timer = setTimeout(() => child.kill('SIGKILL'), after_ms);
        child.on('exit', (code, signal) => {
            clearTimeout(timer);
            resolve(signal === 'SIGKILL' ? 'killed' : `${code}: ${said}`);
        });
    });
}
function charged_so_far() {
    const verified = spawnSync(binary, ['verify', '--data', data], { encoding: 'utf8' });
    expect(verified.status, 0, `takas verify says ${verified.stdout}${verified.stderr}`);
    return verified.stdout;
}

await serve();
const tokens = await make_cards();
await end();

let kills = 0, in_the_middle = 0, ended = '';
// The job's own start takes most of its time: the moment of the kill is moved along until it meets the work.
for (let after_ms = 200; kills < kills_max; after_ms += after_ms < 2000 ? 60 : 300) {
    ended = await run_and_kill(after_ms);
    if (ended !== 'killed') break;
    ++kills;
}
expect(/^0: /.test(ended), true, `the job that was not killed says ${ended}`);
charged_so_far();
const last = await run_and_kill(120_000);
expect(last.includes('0 card fees charged, 0 wait'), true, `a second run says ${last}`);

await serve();
for (const token of tokens) {
    const { items } = await get('GET', `/event?tokenId=${token}&eventNames=CardFeeCharged`);
    const types = items.map((one) => one.data.FeeType).sort();
    if (JSON.stringify(types) !== '["Noname","Yearly"]') problems.push(`card ${token} was charged ${JSON.stringify(types)}`);
    const account = await get('GET', `/card/${token}/account`);
    if (account.postedBalance !== -15.5) problems.push(`card ${token} stands at ${account.postedBalance}`);
}
await end();
charged_so_far();
const count = Number(/^0: (?:[^]*\n)?(\d+) card fees charged/m.exec(ended)?.[1] ?? -1);
if (count >= 0 && count < 2 * cards) in_the_middle = 2 * cards - count;
expect(kills > 0 && in_the_middle > 0, true, `kills in the middle of the work (${kills} kills, the last run charged ${count})`);
fs.rmSync(folder, { recursive: true, force: true });
for (const problem of problems.slice(0, 20)) console.log(problem);
console.log(problems.length ? `${problems.length} problems` : `${cards} cards charged once each for being made and for the period, over ${kills} kills`);
process.exit(problems.length ? 1 : 0);
