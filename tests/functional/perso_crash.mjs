#!/usr/bin/env node
// Deaths while cards are handed to an office: node tests/functional/perso_crash.mjs BINARY. `takas perso export` and `takas
// perso result` are killed (SIGKILL) at moments spread over their run, then run again. However they die, there is one whole
// file with every card once, each order has moved once, and the counts reconcile.

import fs from 'node:fs';
import path from 'node:path';

import { conclude, data as ready, end, expect, folder, run, run_and_kill, serve } from './trouble.mjs';

const cards = 40, spoiled = 10, deaths = 8;
const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Istanbul' }).format(new Date());

async function with_server(on, work) {
    const life = await serve(1, on);
    try {
        return await work((method, target, body) => life.clients[0].get(method, target, body));
    } finally {
        await end(life);
    }
}

const export_args = (data, file) => ['perso', 'export', '--data', data, '--tenant', 'demo', '--sandbox', 'on', '--office', 'PO1',
    '--date', today, '--to', file];
const result_args = (data, file) => ['perso', 'result', '--data', data, '--tenant', 'demo', '--sandbox', 'on', file];
const lines_of = (file) => fs.readFileSync(file, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line));

/// Every page of the events of these kinds.
async function count_of_events(ask, kind, is_wanted) {
    let count = 0;
    for (let after = 0, more = true; more;) {
        const page = await ask('GET', `/api/v1/issuing/event?eventNames=${kind}&maxResultCount=500&after=${after}`);
        count += page.items.filter((event) => is_wanted(event.data)).length;
        after = page.nextAfter;
        more = page.hasMore;
    }
    return count;
}

/// How long the command takes from start to end, on a copy of the data.
function time_of(data, args_of) {
    const copy = path.join(folder, 'timed');
    fs.cpSync(data, copy, { recursive: true });
    const begin = performance.now();
    const done = run(args_of(copy, path.join(folder, 'timed.out')));
    const took = performance.now() - begin;
    fs.rmSync(copy, { recursive: true });
    return { took, done };
}

async function die_while_exporting(ready) {
    const { took } = time_of(ready, export_args);
    let killed = 0, data, file;
    for (let i = 0; i < deaths; ++i) {
        data = path.join(folder, `data-${i}`), file = path.join(folder, `PO1-${i}.jsonl`);
        fs.cpSync(ready, data, { recursive: true });
        // The last third is where it writes, commits and links.
        killed += (await run_and_kill(export_args(data, file), took * (0.5 + (0.6 * i) / deaths))).killed ? 1 : 0;
        const was_there = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
        const again = run(export_args(data, file));
        expect(again.status, 0, `export ${i} again: ${again.stderr}`);
        const text = fs.readFileSync(file, 'utf8'), lines = lines_of(file);
        if (was_there !== undefined) expect(was_there === text, true, `export ${i}: the file changed`);
        expect(lines.at(-1).cardCount, cards, `export ${i}: trailer`);
        expect(new Set(lines.slice(1, -1).map((line) => line.tokenId)).size, cards, `export ${i}: cards`);
        expect(fs.existsSync(`${file}.part`), false, `export ${i}: what is left beside it`);
        expect(run(export_args(data, file)).status, 0, `export ${i} a third time`);
        expect(fs.readFileSync(file, 'utf8') === text, true, `export ${i}: the file changed`);
        await with_server(data, async (ask) => {
            const list = await ask('GET', '/api/v1/issuing/perso?persoOfficeCode=PO1&status=Processing&maxResultCount=1');
            expect(list.totalCount, cards, `export ${i}: orders`);
            expect(await count_of_events(ask, 'PersoStatusChanged', (e) => e.NewStatus === 'Processing'), cards, `export ${i}: events`);
        });
        if (i + 1 < deaths) fs.rmSync(data, { recursive: true });
    }
    console.log(`${killed} of ${deaths} exports died, after ${Math.round(took * 0.5)} to ${Math.round(took * 1.1)} ms`);
    return { data, file };
}

async function die_while_taking_results({ data, file }) {
    const [header, ...rest] = lines_of(file);
    const answer = [{ record: 'header', formatVersion: 1, content: 'Perso', fileId: header.fileId },
        ...rest.slice(0, -1).map(({ barcode }, i) => (i < spoiled ? { record: 'card', barcode, result: 'Spoiled', reason: 'chip' }
            : { record: 'card', barcode, result: 'Made', courierNo: `KN-${i}` })),
        { record: 'trailer', lineCount: cards }];
    const results = path.join(folder, 'results.jsonl');
    fs.writeFileSync(results, answer.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const { took } = time_of(data, (copy) => result_args(copy, results));
    let killed = 0;
    for (let i = 0; i < deaths; ++i)
        killed += (await run_and_kill(result_args(data, results), took * (0.5 + (0.4 * i) / deaths))).killed ? 1 : 0;
    const last = run(result_args(data, results));
    expect(last.status, 0, `result: ${last.stderr}`);
    const reconciled = `${cards} ordered = ${cards - spoiled} made + ${spoiled} spoiled + 0 withdrawn + 0 open`;
    expect(last.stdout.includes(reconciled), true, `counts: ${last.stdout}`);
    const again = run(result_args(data, results));
    expect(again.stdout.includes(`0 lines taken, ${cards} were known, 0 refused`), true, `again: ${again.stdout}`);
    await with_server(data, async (ask) => {
        expect(await count_of_events(ask, 'DeliveryCreated', () => true), cards - spoiled, 'deliveries');
        expect(await count_of_events(ask, 'PersoStatusChanged', (e) => e.NewStatus === 'Completed'), cards - spoiled, 'completed');
        expect(await count_of_events(ask, 'PersoStatusChanged', (e) => e.NewStatus === 'Error'), spoiled, 'spoiled');
    });
    console.log(`${killed} of ${deaths} results died, after ${Math.round(took * 0.5)} to ${Math.round(took * 0.9)} ms`);
}

await with_server(ready, async (ask) => {
    await ask('POST', '/api/v1/issuing/customer', { type: 'Individual', customerNo: 'h1', name: 'Ayşe', surname: 'Yılmaz' });
    for (let i = 0; i < cards; ++i)
        await ask('POST', '/api/v1/issuing/card', { cardProductCode: 'DEMO-PREPAID', customerNo: 'h1', productType: 'Emv',
            personalizedNameLine1: 'AYSE YILMAZ', deliveryAddress: { addressLine1: 'Sokak 1' }, issuance: { persoOfficeCode: 'PO1' } });
});
await die_while_taking_results(await die_while_exporting(ready));
conclude('however they died: one whole file, each order moved once, the counts reconcile');
