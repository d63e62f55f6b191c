#!/usr/bin/env node
// node tests/backup/sqlite.mjs BINARY. `takas backup` beside a server under load, restored into a new folder: verify
// passes, a server starts on it, and everything acknowledged before the backup began is there.

import fs from 'node:fs';
import path from 'node:path';

import { temporary_folder } from '../../tools/contract/server.mjs';
import { sleep } from '../faults/messages.mjs';
import { Life } from './life.mjs';

const before_ms = 1500, copies = 3;

const life = new Life(process.argv[2], temporary_folder());
await life.begin();
const backups = await life.under_load(async () => {
    await sleep(before_ms);
    const made = [];
    for (let i = 0; i < copies; ++i) {
        const file = path.join(life.folder, `backup-${i}.db`), known = life.acknowledged();
        const said = await life.must('backup', 'backup', '--data', life.data, '--to', file);
        if (!/The keys are not in it/.test(said) || !/It belongs to the keys \S/.test(said))
            life.problem(`the keys are not mentioned: ${said}`);
        made.push({ file, known });
    }
    return made;
});
const total = life.acknowledged().length;
const again = await life.run('backup', '--data', life.data, '--to', backups[0].file);
if (again.status !== 1) life.problem(`a backup was overwritten: ${again.output}`);
await life.server.stop('SIGKILL');  // the machine is lost

for (const [i, { file, known }] of backups.entries()) {
    const restored = life.restored_folder(`restored-${i}`);
    fs.copyFileSync(file, path.join(restored, 'takas.db'));
    if (!/the books balance/.test(await life.must('verify', 'verify', '--data', restored)))
        life.problem('verify does not say that the books balance');
    await life.prove(restored, [], known);
    await life.must('verify after use', 'verify', '--data', restored);
}
if (backups[0].known.length === 0 || total === backups[copies - 1].known.length) life.problem('there was no load');
process.exit(life.end(`${copies} backups under load, ${total} acknowledged, ${backups[0].known.length} of them before ` +
    `the first, slowest answer ${Math.round(life.messages.slowest_ms)} ms`));
