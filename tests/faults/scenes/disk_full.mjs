// The database's disk is full: a tmpfs is filled to the last byte under load. Commits are refused and readiness is red;
// when there is room again everything goes on. PostgreSQL stops when its log has no room; something like systemd starts
// it again, here this scene.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { PostgresDatabase } from '../database.mjs';
import { sleep } from '../messages.mjs';

export const title = 'disk full';
export const short = 1, full = 10;
const disk = '192m';
const refused_in_ms = 30_000, full_for_ms = 1_000, between_starts_ms = 300, green_in_ms = 3_000;
const options = ['wal_segsize=1', 'min_wal_size=2MB', 'max_wal_size=8MB', 'wal_init_zero=on'];
let folder;

const mount = () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'takas-pg-'));
    const how = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${disk}`, 'tmpfs', folder], { encoding: 'utf8' });
    if (how.status === 0) return null;
    fs.rmdirSync(folder);
    return how.stderr.trim() || 'mount does not work';
};

export const why_not = () => (folder ? null : mount());
export const setting = { get postgres() { return { folder, options }; } };

// Until not even one byte more goes into it.
function fill() {
    const file = fs.openSync(path.join(folder, 'ballast'), 'w');
    for (let size = 1 << 20; size >= 1; size >>= 4) {
        const piece = Buffer.alloc(size);
        try {
            for (;;) fs.writeSync(file, piece);
        } catch (error) {
            if (error.code !== 'ENOSPC') throw error;
        }
    }
    fs.closeSync(file);
}

// One lane answers before another has noticed that it can.
async function is_green(stage) {
    const until = performance.now() + green_in_ms;
    while (await stage.readiness() !== 200)
        if (performance.now() > until) return false;
        else await sleep(20);
    return true;
}

export async function play(stage, count) {
    let is_over = false;
    const supervisor = (async () => {
        while (!is_over) {
            await stage.database.tool('start').catch(() => {});  // does nothing while it runs
            await sleep(between_starts_ms);
        }
    })();
    await stage.under_load(async () => {
        for (let i = 0; i < count && !stage.problems.length; ++i) {
            const refused_before = stage.messages.refused, until = performance.now() + refused_in_ms;
            fill();
            let is_red = false;
            while ((stage.messages.refused === refused_before || !is_red) && performance.now() < until) {
                is_red = await stage.readiness() === 503;
                await sleep(20);
            }
            if (!is_red) stage.problem('readiness stayed green on a full disk');
            if (stage.messages.refused === refused_before) stage.problem('nothing was refused on a full disk');
            await sleep(full_for_ms);
            fs.rmSync(path.join(folder, 'ballast'));
            await stage.recovered();
            if (!await is_green(stage)) stage.problem('readiness stays red when there is room again');
        }
    });
    is_over = true;
    await supervisor;
}

export function clean_up() {
    if (!folder) return;
    spawnSync('umount', [folder]);
    fs.rmdirSync(folder);
}
