#!/usr/bin/env node
// What a core dump of the server would show of a card: node tests/functional/vault_memory.mjs BINARY. One card number
// goes through the whole vault (temporary card, tokenization, list, resolve, update, blacklist, refusals, removal), then
// every readable page of the process is looked through for it. It must be nowhere: not in request and answer buffers, not
// in parsed values, not in memory that was freed. The merchant's code, as long a number, is in the server's memory by right: it
// shows that the search can find one. Reading another process's memory needs root; without it the test is skipped (77).

import fs from 'node:fs';
import path from 'node:path';

import { Client, start, temporary_folder } from '../../tools/contract/server.mjs';

const not_run = 77, chunk_bytes = 8 << 20;
const rounds = 20;  // more than the server has threads
if (process.getuid() !== 0) process.exit(not_run);

// A sanitizer keeps freed memory and dead stack frames for itself, which no program can wipe.
process.env.ASAN_OPTIONS = [process.env.ASAN_OPTIONS, 'quarantine_size_mb=0', 'thread_local_quarantine_size_kb=0',
    'max_free_fill_size=0', 'max_malloc_fill_size=0', 'detect_stack_use_after_return=0'].filter(Boolean).join(':');

function with_check_digit(digits) {
    const sum = [...digits].reverse().reduce((all, digit, i) => {
        const value = Number(digit) * (i % 2 ? 1 : 2);
        return all + (value > 9 ? value - 9 : value);
    }, 0);
    return digits + ((10 - (sum % 10)) % 10);
}
const random_digits = (count) => Array.from({ length: count }, () => Math.floor(Math.random() * 10)).join('');
const number = with_check_digit('552879' + random_digits(9)), planted = random_digits(20);
const cvv_of = (i) => String(100 + i);

const folder = temporary_folder();
const server = await start(process.argv[2], path.join(folder, 'data'), path.join(folder, 'log'));
const client = new Client(server.port), operator = new Client(server.port);

const must = (answer, what) => {
    if (answer.status !== 200) throw new Error(`${what}: ${answer.status} ${answer.text}`);
    return answer.body;
};

async function make_merchant() {
    await operator.sign_in('operator');
    const tenants = must(await operator.ask('GET', '/api/v1/system/tenant?code=demo'), 'tenants');
    const merchant = must(await operator.ask('POST', '/api/v1/system/vault-merchant', { tenantId: tenants.items[0].id,
        code: planted, deduplicates: true, tempCardsPerToken: 100 }), 'merchant');
    const headers = { locale: 'en' };
    for (const [kind, scopes] of [['Public', ['TempToken', 'Bin']], ['Private', ['Cards', 'Blacklist', 'Resolve']]]) {
        const made = must(await operator.ask('POST', `/api/v1/system/vault-merchant/${merchant.id}/credential`,
            { kind, scopes }), kind);
        headers[`apikey${kind.toLowerCase()}`] = made.credential.keyId;
        headers[`apiclient${kind.toLowerCase()}`] = made.secret;
    }
    return headers;
}

async function use_card(headers, round) {
    const wall = (method, target, body, more = {}) => client.ask(method, target, body, { ...headers, ...more });
    const done = (answer, what) => {
        if (must(answer, what).Result !== true) throw new Error(`${what}: ${answer.text}`);
        return answer.body.Body;
    };
    const owner = { RelationalId1: `memory-${round}` }, cvv = cvv_of(round);
    const token = done(await wall('POST', '/api/paywall/temptoken', { ClientCardSave: true, ExpiryMin: 60 }), 'temptoken').Token;
    const browser = { CardOwnerName: 'Ayşe', CardNumber: number, CardCvv: cvv, CardExpiryMonth: '12', CardExpiryYear: '40' };
    const temporary = async () => done(await wall('POST', '/api/paywall/tempcard', browser, { token }), 'tempcard').CardToken;
    done(await wall('POST', '/paywall/card/tokenization', { ...owner, Card: { CardToken: await temporary(), Nickname: 'N' } }),
        'tokenization');
    const card = { Nickname: 'N', HolderName: 'Ayşe', Number: number, Month: 12, Year: 2040 };
    done(await wall('POST', '/paywall/card', { ...owner, Card: card }), 'card');
    const list = async () => done(await wall('GET', '/paywall/card', undefined, { relationalid1: owner.RelationalId1 }), 'list');
    const code = (await list())[0].UniqueCode;
    const read = done(await wall('POST', '/paywall/card/resolve', { ...owner, UniqueCode: code, Reference: `p${round}` }), 'resolve');
    const fresh = done(await wall('POST', '/paywall/card/resolve', { TempCardToken: await temporary(), Reference: `t${round}` }), 'resolve temp');
    if (read.Number !== number || fresh.Cvv !== cvv) throw new Error('the vault gives another card');
    done(await wall('POST', '/paywall/blacklist/card', { ...owner, CardNumber: number }), 'blacklist');
    done(await wall('GET', '/paywall/blacklist/card/inquiry', undefined, { cardnumber: number }), 'inquiry');
    done(await wall('DELETE', '/paywall/blacklist/card', { ...owner, CardNumber: number }), 'off the blacklist');
    // What is refused: with a wrong member, a wrong type, cut off.
    await wall('POST', '/paywall/card', { ...owner, Card: { ...card, Month: 13 } });
    await wall('POST', '/paywall/card', { ...owner, Card: { ...card, Year: 'x' } });
    await wall('POST', '/api/paywall/tempcard', JSON.stringify(browser).slice(0, -1), { token });
    done(await wall('DELETE', '/paywall/card', { ...owner, UniqueCode: (await list())[0].UniqueCode }), 'removal');
}

// Every readable, writable mapping of the process: what a core dump holds besides the program's own text.
function* mappings(pid) {
    for (const line of fs.readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
        const found = /^([0-9a-f]+)-([0-9a-f]+) rw\S* \S+ \S+ \S+\s*(.*)$/.exec(line);
        if (found) yield { begin: BigInt(`0x${found[1]}`), end: BigInt(`0x${found[2]}`), name: found[3] || 'anonymous' };
    }
}

// Pages that were never touched (a sanitizer maps terabytes of them) are not read: /proc/PID/pagemap says which are there.
function* resident(pid, { begin, end }) {
    const page = 4096n, map = fs.openSync(`/proc/${pid}/pagemap`, 'r'), entries = Buffer.alloc(8 * 65536);
    try {
        let run = null;
        for (let at = begin; at < end;) {
            const got = fs.readSync(map, entries, 0, entries.length, at / page * 8n) / 8;
            if (got === 0) break;
            for (let i = 0; i < got && at < end; ++i, at += page) {
                const is_there = (entries[i * 8 + 7] & 0xc0) !== 0;
                if (is_there && run === null) run = at;
                if (run !== null && (!is_there || at - run >= BigInt(chunk_bytes))) {
                    yield { from: run, to: at };
                    run = is_there ? at : null;
                }
            }
        }
        if (run !== null) yield { from: run, to: end };
    } finally {
        fs.closeSync(map);
    }
}

function search(pid, texts) {
    const hits = [], memory = fs.openSync(`/proc/${pid}/mem`, 'r'), overlap = 64n;
    for (const mapping of mappings(pid))
        for (const { from, to } of resident(pid, mapping)) {
            const start_at = from - overlap < mapping.begin ? from : from - overlap;
            const bytes = Buffer.alloc(Number(to - start_at));
            let got = 0;
            try {
                got = fs.readSync(memory, bytes, 0, bytes.length, start_at);
            } catch {
                continue;  // gone meanwhile
            }
            for (const text of texts)
                for (let at = bytes.subarray(0, got).indexOf(text); at >= 0; at = bytes.subarray(0, got).indexOf(text, at + 1))
                    hits.push({ text, where: `${mapping.name} ${(start_at + BigInt(at)).toString(16)}`,
                        around: bytes.subarray(Math.max(0, at - 48), at + 64).toString('latin1').replace(/[^\x20-\x7e]/g, '.') });
        }
    fs.closeSync(memory);
    return hits;
}

const headers = await make_merchant();
for (let round = 0; round < rounds; ++round) await use_card(headers, round);

const hits = search(server.pid, [number, planted]);
const problems = hits.filter(({ text }) => text === number).map(({ where, around }) => `${where}: ${around.replaceAll(number, '(THE NUMBER)')}`);
if (!hits.some(({ text }) => text === planted)) problems.push('the merchant\'s code was not found: the search cannot see');
client.close();
operator.close();
const how = await server.stop('SIGTERM');
if (how !== 0) problems.push(`the server ended with ${how}`);
fs.rmSync(folder, { recursive: true, force: true });
for (const text of problems.slice(0, 40)) console.log(text);
console.log(`${rounds} rounds, ${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
