// One run: a database, one or more servers on it, a receiver of their webhooks, and clients that never stop sending. A
// scene (scenes/*.mjs) hurts something meanwhile. In the end everything heals by itself, and the checker looks at what
// clients, database and receiver remember.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

import { Client, make_card, start, temporary_folder } from '../../tools/contract/server.mjs';
import { check } from './checker.mjs';
import { PostgresDatabase, SqliteDatabase } from './database.mjs';
import { Messages, seeded, sleep } from './messages.mjs';
import { start_receiver } from './receiver.mjs';

const clients_count = 8, cards_count = 12;
const pause_ms = 10;             // between two messages of a client: load enough, and a log that can be looked through
const pause_when_refused_ms = 30;
const problems_max = 20;
export const heals_in_ms = 60_000;       // all faults over: until everything is answered
const delivered_in_ms = 120_000;         // and until the receiver has everything; a lost webhook answer costs 10 s

export class Stage {
    // store: 'sqlite' or 'postgres'; postgres: options of the cluster; flags: a function of the database that gives the
    // servers' flags, when they do not reach it directly; loses_an_answer: the receiver does, once.
    static async open(binary, { store = 'postgres', postgres, servers = 1, flags, loses_an_answer } = {}) {
        const stage = new Stage(binary);
        stage.database = store === 'sqlite' ? new SqliteDatabase(stage.data)
            : await PostgresDatabase.start(postgres);
        stage.databases = [stage.database];
        stage.flags = flags ? await flags(stage) : stage.database.flags;
        stage.receiver = await start_receiver((text) => stage.problem(text), loses_an_answer);
        await stage.#first_server();
        for (let i = 1; i < servers; ++i) {
            fs.cpSync(path.join(stage.data, 'keys'), path.join(stage.folder, `data${i}`, 'keys'), { recursive: true });
            stage.servers.push({ no: i, running: null, last_good_ms: 0 });
            await stage.start_server(i);
        }
        return stage;
    }

    constructor(binary) {
        this.binary = binary;
        this.folder = temporary_folder();
        this.seed = Number(process.env.TAKAS_SEED ?? Date.now() % 1_000_000);
        this.random = seeded(this.seed);
        this.problems = [];
        this.servers = [];
        this.cards = [];
        this.began_ms = performance.now();
        this.longest_recovery_ms = 0;
    }

    get data() {
        return path.join(this.folder, 'data0');
    }

    problem(text) {
        if (this.problems.length < problems_max) this.problems.push(text);
    }

    async #first_server() {
        this.servers.push({ no: 0, running: null, last_good_ms: 0 });
        await this.start_server(0);
        const client = new Client(this.servers[0].running.port);
        this.token = (await client.sign_in()).access_token;
        const hook = await client.get('POST', '/api/v1/issuing/webhook', { eventNames: ['*'], url: this.receiver.url,
            authenticationType: 'None', maxRetryCount: 10 });
        this.receiver.trust(hook.signingSecret);
        this.hook_id = hook.id;
        for (let i = 0; i < cards_count; ++i) {
            const first = (i + 1) * 2000;  // the first runs dry, the last does not
            this.cards.push({ ...(await make_card(client, `fault-${i}`, first)), first });
        }
        this.messages = new Messages(this.cards, this.random, (text) => this.problem(text));
        client.close();
    }

    async start_server(no) {
        const server = this.servers[no];
        const node = this.servers.length > 1 || no ? ['--node', String(no)] : [];
        server.running = await start(this.binary, path.join(this.folder, `data${no}`), path.join(this.folder, `log${no}`),
            [...this.flags, ...node]);
    }

    async kill_server(no) {
        const { running } = this.servers[no];
        this.servers[no].running = null;
        await running.stop('SIGKILL');
    }

    // Clients send to all servers as long as `work` takes.
    async under_load(work) {
        let over = false;
        const loops = Array.from({ length: clients_count }, async (_, i) => {
            const client = this.#client(null);
            for (let turn = i; !over; ++turn) {
                const server = this.servers[turn % this.servers.length];
                const message = server.running && this.messages.next();
                const is_good = message && await this.send(client, server, message);
                await sleep(is_good ? pause_ms : pause_when_refused_ms);
            }
            client.close();
        });
        try {
            await work();
        } finally {
            over = true;
            await Promise.all(loops);
        }
    }

    #client(server) {
        const client = new Client(server?.running?.port);
        client.headers.Authorization = `Bearer ${this.token}`;
        return client;
    }

    async send(client, server, message) {
        client.port = server.running.port;
        const began = performance.now();
        const is_good = await this.messages.send(client, message);
        if (is_good) server.last_good_ms = Math.max(server.last_good_ms, began);
        return is_good;
    }

    // Waits until every running server has answered something that was sent from now on.
    async recovered(patience_ms = heals_in_ms) {
        const from = performance.now();
        const waiting = () => this.servers.filter((server) => server.running && server.last_good_ms < from);
        while (waiting().length && performance.now() - from < patience_ms) await sleep(5);
        for (const { no } of waiting()) this.problem(`server ${no} did not recover in ${patience_ms} ms`);
        this.longest_recovery_ms = Math.max(this.longest_recovery_ms, performance.now() - from);
    }

    async readiness(no = 0) {
        const client = this.#client(this.servers[no]);
        const answer = await client.ask('GET', '/health/ready').catch(() => null);
        client.close();
        return answer?.status;
    }

    // The load is over and nothing hurts any more: what has no answer gets one.
    async settle() {
        const until = performance.now() + heals_in_ms;
        const clients = Array.from({ length: clients_count }, () => this.#client(null));
        while (this.messages.unanswered.size && performance.now() < until) {
            const again = [...this.messages.unanswered];
            await Promise.all(clients.map(async (client, i) => {
                for (let n = i; n < again.length && performance.now() < until; n += clients_count)
                    if (!await this.send(client, this.servers[n % this.servers.length], again[n]))
                        await sleep(pause_when_refused_ms);
            }));
        }
        clients.forEach((client) => client.close());
        await this.#delivered();
    }

    // Until the log has been fanned out to its end and nothing is open any more.
    async #delivered() {
        const until = performance.now() + delivered_in_ms;
        const open = async () => (await this.database.rows(`SELECT
            (SELECT count(*) FROM domain_event WHERE
                sequence_no > (SELECT starts_after_sequence_no FROM webhook WHERE id = ${this.hook_id})),
            (SELECT count(*) FROM webhook_delivery WHERE webhook_id = ${this.hook_id} AND state > 1)`))[0];
        for (;;) {
            const [events, closed] = await open();
            if (events === closed) return;
            if (performance.now() > until) return this.problem(`${closed} of ${events} events were delivered in time`);
            await sleep(100);
        }
    }

    async seen() {
        const numbers = async (statement, make) => (await this.database.rows(statement)).map((row) => make(...row));
        const N = Number;
        return {
            messages: this.messages.all,
            cards: this.cards,
            received: this.receiver.received,
            rows: await numbers(`SELECT transaction_id, token_id, result, auth_no, transaction_amount_minor
                FROM card_transaction WHERE terminal_no = 'KILLTEST'`, (id, token_id, result, auth_no, amount_minor) =>
                ({ id: N(id), token_id: N(token_id), result: N(result), auth_no, amount_minor: N(amount_minor) })),
            accounts: await numbers('SELECT account_id, posted_minor, held_minor FROM card_account',
                (account_id, posted_minor, held_minor) =>
                    ({ account_id: N(account_id), posted_minor: N(posted_minor), held_minor: N(held_minor) })),
            events: await numbers(`SELECT sequence_no, kind, stream_id, transaction_id FROM domain_event WHERE
                sequence_no > (SELECT starts_after_sequence_no FROM webhook WHERE id = ${this.hook_id})`,
            (sequence_no, kind, stream_id, transaction_id) => ({ sequence_no: N(sequence_no), kind: N(kind),
                stream_id: N(stream_id), transaction_id: N(transaction_id) })),
            deliveries: await numbers(`SELECT id, event_sequence_no, stream_id, state FROM webhook_delivery
                WHERE webhook_id = ${this.hook_id}`, (id, sequence_no, stream_id, state) =>
                ({ id: N(id), sequence_no: N(sequence_no), stream_id: N(stream_id), state: N(state) })),
        };
    }

    // What a server says of each account must be what the database says.
    async #compare_answers() {
        const stored = new Map((await this.seen()).accounts.map((account) => [account.account_id, account]));
        for (const server of this.servers) {
            const client = this.#client(server);
            for (const { accountId } of this.cards) {
                const said = await client.get('GET', `/api/v1/issuing/account/${accountId}`);
                const { posted_minor, held_minor } = stored.get(accountId) ?? {};
                if (Math.round(said.postedBalance * 100) !== posted_minor || Math.round(said.heldAmount * 100) !== held_minor)
                    this.problem(`server ${server.no} says account ${accountId} has ${said.postedBalance} and holds ` +
                        `${said.heldAmount}; stored: ${posted_minor} and ${held_minor} minor units`);
            }
            client.close();
        }
    }

    async check() {
        await this.#compare_answers();
        for (const text of check(await this.seen())) this.problem(text);
        for (const server of this.servers) {
            const how = await server.running.stop('SIGTERM');
            server.running = null;
            if (how !== 0) this.problem(`SIGTERM ended server ${server.no} with ${how}`);
        }
        const verified = spawnSync(this.binary, ['verify', '--data', this.data, ...this.database.flags], { encoding: 'utf8' });
        if (verified.status !== 0) this.problem(`takas verify: ${verified.stdout}${verified.stderr}`);
        if (this.messages.answered_count === 0) this.problem('nothing was answered at all');
    }

    // True when all was well.
    async close(title) {
        const { all, answered_count, refused, lost, slowest_ms } = this.messages;
        console.log(`${title}: ${all.length} messages, ${answered_count} answered, ${refused} times refused, ${lost} ` +
            `answers lost, slowest ${Math.round(slowest_ms)} ms, recovered in at most ` +
            `${Math.round(this.longest_recovery_ms)} ms, ${this.receiver.received.length} webhooks, seed ${this.seed}, ` +
            `${Math.round((performance.now() - this.began_ms) / 1000)} s`);
        for (const text of this.problems) console.log(`problem: ${text}`);
        for (const server of this.servers) if (server.running) await server.running.stop('SIGKILL');
        await this.receiver.stop();
        if (this.problems.length) {
            console.log(`the servers' logs are in ${this.folder}`);
            for (const database of this.databases)
                if (database.folder)
                    fs.cpSync(path.join(database.folder, 'log'),
                        path.join(this.folder, `postgres${this.databases.indexOf(database)}`));
        } else {
            fs.rmSync(this.folder, { recursive: true, force: true });
        }
        for (const database of this.databases) await database.remove();
        return this.problems.length === 0;
    }
}
