#!/usr/bin/env node
// node tests/backup/postgres.mjs BINARY. A base backup taken under load and the archived write-ahead log, restored to a
// chosen moment in another cluster: verify passes, what was acknowledged before that moment is there, what came later is
// not, and a server goes on from there. The steps are those of docs/operating/backup.md.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { temporary_folder } from '../../tools/contract/server.mjs';
import { PostgresDatabase } from '../faults/database.mjs';
import { sleep } from '../faults/messages.mjs';
import { Life, run } from './life.mjs';

const load_ms = 1500, archive_patience_ms = 60_000;
const programs = '/usr/lib/postgresql';

function program(name) {
    const versions = fs.readdirSync(programs).sort((a, b) => Number(b) - Number(a));
    return path.join(programs, versions[0], 'bin', name);
}

// The clusters belong to the user postgres when root runs the test (tools/private_postgres).
async function as_owner(...args) {
    const words = process.getuid() === 0 ? ['runuser', '-u', 'postgres', '--', ...args] : args;
    const { status, output } = await run(words[0], words.slice(1));
    if (status !== 0) throw new Error(`${args.join(' ')}: ${output}`);
}

// Until the log segment that was being written at this call is in the archive.
async function archived(database) {
    const [[segment]] = await database.rows('SELECT pg_walfile_name(pg_switch_wal())');
    const until = performance.now() + archive_patience_ms;
    while (!fs.existsSync(path.join(database.folder, 'wal', segment))) {
        if (performance.now() > until) throw new Error(`${segment} was not archived`);
        await sleep(50);
    }
}

const life = new Life(process.argv[2], temporary_folder());
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'takas-pg-'));
const wal = path.join(folder, 'wal'), base = fs.mkdtempSync(path.join(os.tmpdir(), 'takas-pg-'));
const database = await PostgresDatabase.start({ folder, options: ['wal_level=replica', 'archive_mode=on',
    `archive_command=mkdir -p ${wal} && test ! -e ${wal}/%f && cp %p ${wal}/%f.part && sync ${wal}/%f.part && mv ${wal}/%f.part ${wal}/%f`] });
await life.begin(database.flags);
const { known, moment } = await life.under_load(async () => {
    await sleep(load_ms);
    fs.rmSync(base, { recursive: true });
    await as_owner('mkdir', base);
    await as_owner(program('pg_basebackup'), '-h', folder, '-p', database.socket.port, '-U', 'postgres', '-D',
        path.join(base, 'data'), '-X', 'none', '-c', 'fast', '--manifest-checksums=SHA256');
    await sleep(load_ms);
    const acknowledged = life.acknowledged();
    const [[at]] = await database.rows('SELECT clock_timestamp()');
    await sleep(load_ms);
    return { known: acknowledged, moment: at };
});
const total = life.acknowledged().length;
await archived(database);
await life.server.stop('SIGKILL');
await database.crash();  // machine and disk are lost: what is left is the base backup and the archived log

const restored = new PostgresDatabase(base);
await as_owner('touch', path.join(base, 'data', 'recovery.signal'));
await restored.tool('start', `watch=${process.pid}`, `restore_command=cp ${wal}/%f %p`,
    `recovery_target_time=${moment}`, 'recovery_target_action=promote', 'archive_mode=off');
restored.url = await restored.tool('url', 'takas');
const recovering = async () => (await restored.rows('SELECT pg_is_in_recovery()'))[0][0] === 't';
while (await recovering()) await sleep(50);

const keys = life.restored_folder('restored');
const verify = () => life.must('verify', 'verify', '--data', keys, ...restored.flags);
if (!/the books balance/.test(await verify())) life.problem('verify does not say that the books balance');
const [[rows]] = await restored.rows("SELECT count(*) FROM card_transaction WHERE terminal_no = 'KILLTEST'");
const purchases = (list) => list.filter((message) => message.kind === 'purchase').length;
if (Number(rows) < purchases(known)) life.problem(`${rows} purchases are there, ${purchases(known)} were acknowledged`);
if (Number(rows) >= purchases(life.acknowledged())) life.problem('nothing of what came after the moment is missing');
// The killed server's number is taken for some seconds more: it is in the restored database, too.
await life.prove(keys, [...restored.flags, '--node', 'auto'], known);
await verify();
await restored.remove();
await database.remove();
process.exit(life.end(`restored to ${moment}: ${total} acknowledged, ${known.length} before that moment, all there`));
