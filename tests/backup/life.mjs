// What both backup tests share: a server under load, and the proof that a restored one knows what was acknowledged.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

import { Client, make_card, start } from '../../tools/contract/server.mjs';
import { Messages, seeded } from '../faults/messages.mjs';

const clients_count = 8, cards_count = 4;
const seed = Number(process.env.TAKAS_SEED ?? Date.now() % 1_000_000);

export class Life {
    constructor(binary, folder) {
        Object.assign(this, { binary, folder, problems: [], flags: [] });
        this.data = path.join(folder, 'data');
        this.log = path.join(folder, 'log');
    }

    problem(text) {
        if (this.problems.length < 20) this.problems.push(text);
    }

    async begin(flags = []) {
        this.server = await start(this.binary, this.data, this.log, flags);
        const client = new Client(this.server.port);
        this.token = (await client.sign_in()).access_token;
        const cards = [];
        for (let i = 0; i < cards_count; ++i) cards.push(await make_card(client, `backup-${i}`, 100_000));
        client.close();
        this.messages = new Messages(cards, seeded(seed), (text) => this.problem(text));
    }

    client(server) {
        const client = new Client(server.port);
        client.headers.Authorization = `Bearer ${this.token}`;
        return client;
    }

    // Clients send as long as `work` takes.
    async under_load(work) {
        let over = false;
        const loops = Array.from({ length: clients_count }, async () => {
            const client = this.client(this.server);
            while (!over) await this.messages.send(client, this.messages.next());
            client.close();
        });
        try {
            return await work();
        } finally {
            over = true;
            await Promise.all(loops);
        }
    }

    acknowledged() {
        return this.messages.all.filter((message) => message.answer);
    }

    // A repeat must get the first answer, so a restored server that lacks one is found out. `flags` as for the first.
    async prove(data, flags, messages) {
        const server = await start(this.binary, data, this.log, flags);
        const client = this.client(server);
        for (const message of messages)
            if (!await this.messages.send(client, message)) this.problem(`no answer to ${JSON.stringify(message.body)}`);
        client.close();
        const how = await server.stop('SIGTERM');
        if (how !== 0) this.problem(`SIGTERM ended the restored server with ${how}`);
    }

    // {status, output} of the program.
    run(...args) {
        return run(this.binary, args);
    }

    async must(what, ...args) {
        const { status, output } = await this.run(...args);
        if (status !== 0) this.problem(`${what}: ${output}`);
        return output;
    }

    restored_folder(name) {
        const folder = path.join(this.folder, name);
        fs.mkdirSync(folder, { mode: 0o700 });
        fs.cpSync(path.join(this.data, 'keys'), path.join(folder, 'keys'), { recursive: true });
        return folder;
    }

    // The exit status of the test.
    end(title) {
        console.log(`${title}; seed ${seed}`);
        for (const text of this.problems) console.log(`problem: ${text}`);
        if (this.problems.length) console.log(`everything is in ${this.folder}`);
        else fs.rmSync(this.folder, { recursive: true, force: true });
        return this.problems.length ? 1 : 0;
    }
}

export function run(program, args) {
    return new Promise((resolve) => {
        const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
        let output = '';
        child.stdout.on('data', (chunk) => (output += chunk));
        child.stderr.on('data', (chunk) => (output += chunk));
        child.once('error', (error) => resolve({ status: -1, output: String(error) }));
        child.once('close', (status) => resolve({ status, output }));
    });
}
