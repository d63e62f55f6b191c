// What the tests that race, kill and restart the real program have alike: a data folder in a folder of their own, servers
// with signed-in connections, commands that are killed, the list of what was wrong, and the end. Each runs as a process of
// its own: node tests/functional/NAME.mjs BINARY.

import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

import { Client, start, temporary_folder } from '../../tools/contract/server.mjs';

const problems_shown = 20;

const binary = process.argv[2];
export const folder = temporary_folder();
export const data = path.join(folder, 'data');
export const problems = [];

export function expect(is, wanted, what) {
    if (JSON.stringify(is) !== JSON.stringify(wanted)) problems.push(`${what}: ${JSON.stringify(is)}, not ${JSON.stringify(wanted)}`);
}
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// A server on a data folder and connections to it, signed in once.
export async function serve(connections = 1, on = data, flags = []) {
    const server = await start(binary, on, path.join(folder, 'log'), flags);
    const clients = Array.from({ length: connections }, () => new Client(server.port));
    await clients[0].sign_in();
    for (const client of clients) client.headers = clients[0].headers;
    return { server, clients };
}
export async function end({ server, clients }) {
    for (const client of clients) client.close();
    expect(await server.stop('SIGTERM'), 0, 'the server\'s end');
}

export const run = (args) => spawnSync(binary, args, { encoding: 'utf8' });
// {killed, said}: killed is false when it had ended before; said is its exit code and what it wrote.
export const run_and_kill = (args, after_ms) => new Promise((resolve) => {
    const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => said += part);
    const timer = setTimeout(() => child.kill('SIGKILL'), after_ms);
    child.once('close', (code, signal) => {
        clearTimeout(timer);
        resolve({ killed: signal === 'SIGKILL', said: `${code}: ${said}` });
    });
});
export function verify(on = data) {
    const verified = run(['verify', '--data', on]);
    expect(verified.status, 0, `takas verify says ${verified.stdout}${verified.stderr}`);
}

// A product whose cards are printed without a name, in the demo institution's first BIN.
export async function make_noname_product(client, code) {
    const get = (method, target, body) => client.get(method, `/api/v1/issuing${target}`, body);
    const bin = (await get('GET', '/card-bin')).items[0];
    const ranges = await get('GET', `/card-bin-range?binId=${bin.id}`);
    await get('POST', '/card-product', { code, name: code, cardDci: bin.cardDci, brand: bin.brand,
        binRangeId: (ranges.items ?? ranges)[0].id, currency: 949, validityPeriodMonths: 60, isNonameAllowed: true,
        physicals: [{ physicalType: 'Emv', isDefault: true, persoOfficeCode: 'PO1' }] });
}

// Ends the process: 0 when nothing was wrong. `fine` says what was proved.
export function conclude(fine) {
    fs.rmSync(folder, { recursive: true, force: true });
    for (const problem of problems.slice(0, problems_shown)) console.log(problem);
    console.log(problems.length ? `${problems.length} problems` : fine);
    process.exit(problems.length ? 1 : 0);
}
