// The database of a run: made, asked and taken away in the same words for both stores. PostgreSQL's can be hurt, too.

import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { sleep } from './messages.mjs';

const run_file = promisify(execFile);
// TAKAS_PRIVATE_POSTGRES: tools/private_citus, for the trial on Citus.
const private_postgres = process.env.TAKAS_PRIVATE_POSTGRES ?? new URL('../../tools/private_postgres', import.meta.url).pathname;
export const is_citus = private_postgres.endsWith('private_citus');
const output_max_bytes = 256 * 1024 * 1024;

// Runs a program without standing in the way of the load; its output without the last line feed.
async function output_of(program, args) {
    const { stdout } = await run_file(program, args, { maxBuffer: output_max_bytes });
    return stdout.trimEnd();
}

const rows_of = (text) => (text ? text.split('\n').map((line) => line.split('|')) : []);

export class SqliteDatabase {
    constructor(data) {
        this.data = data;
        this.flags = [];
    }

    async rows(statement) {
        return rows_of(await output_of('sqlite3', ['-readonly', path.join(this.data, 'takas.db'), statement]));
    }

    async remove() {}
}

export class PostgresDatabase {
    // `url` is how servers reach it; the test itself always goes through the socket.
    static async start({ folder = fs.mkdtempSync(path.join(os.tmpdir(), 'takas-pg-')), options = [] } = {}) {
        const database = new PostgresDatabase(folder);
        await database.tool('start', `watch=${process.pid}`, ...options);
        database.url = await database.tool('database', database.name);
        return database;
    }

    // A synchronous copy: the primary waits for it from now on.
    static async standby(primary) {
        const database = new PostgresDatabase(fs.mkdtempSync(path.join(os.tmpdir(), 'takas-pg-')));
        await database.follow(primary);
        return database;
    }

    async follow(primary) {
        await this.tool('standby', primary.folder, `watch=${process.pid}`);
        this.url = await this.tool('url', this.name);
        await primary.tool('sync', '*');
        while (!(await primary.rows("SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'")).length) await sleep(20);
    }

    // Its own data are gone afterwards.
    async rebuild_from(primary) {
        await this.tool('remove');
        await this.follow(primary);
    }

    constructor(folder, name = 'takas') {
        Object.assign(this, { folder, name });
    }

    // Another database of the cluster with the same content. Nobody may be using this one.
    async copy(name) {
        const database = new PostgresDatabase(this.folder, name);
        database.url = await database.tool('database', name, this.name);
        return database;
    }

    tool(command, ...args) {
        return output_of(private_postgres, [command, this.folder, ...args]);
    }

    get flags() {
        return ['--store', this.url];
    }

    get socket() {
        const port = fs.readFileSync(path.join(this.folder, 'port'), 'utf8').trim();
        return { path: path.join(this.folder, `.s.PGSQL.${port}`), port };
    }

    async rows(statement) {
        return rows_of(await this.tool('sql', this.name, statement));
    }

    // The processes that serve somebody else than the one who asks.
    async backends() {
        const rows = await this.rows(`SELECT pid FROM pg_stat_activity
            WHERE datname = '${this.name}' AND backend_type = 'client backend' AND pid <> pg_backend_pid()`);
        return rows.map(([pid]) => Number(pid));
    }

    // `node`: of a Citus cluster.
    crash(...node) {
        return this.tool('crash', ...node);
    }

    restart(...node) {
        return this.tool('restart', ...node);
    }

    async remove() {
        await this.tool('remove').catch((error) => console.log(String(error)));
    }
}
