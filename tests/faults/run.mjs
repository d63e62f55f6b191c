#!/usr/bin/env node
// Faults under load: node tests/faults/run.mjs BINARY [--short] [--store sqlite|postgres] [SCENE...]. Without a scene:
// all of them on PostgreSQL, and the server's death on SQLite. --short plays what the tests have time for; TAKAS_FAULTS=N
// says how often each fault happens; TAKAS_SEED=N repeats a run as far as clocks and kernels allow.

import fs from 'node:fs';
import { parseArgs } from 'node:util';

import { Stage } from './stage.mjs';

const { values, positionals } = parseArgs({ allowPositionals: true,
    options: { short: { type: 'boolean' }, store: { type: 'string', default: 'postgres' } } });
const [binary, ...asked] = positionals;
const folder = new URL('scenes/', import.meta.url);
const known = fs.readdirSync(folder).map((file) => file.replace(/\.mjs$/, ''));
const unknown = asked.filter((name) => !known.includes(name));
if (!binary || unknown.length || !['sqlite', 'postgres'].includes(values.store)) {
    console.error(`usage: run.mjs BINARY [--short] [--store sqlite|postgres] [${known.join('|')}]...`);
    process.exit(2);
}

// True when all was well, or when this machine cannot play it; then it says so.
async function plays(name, store) {
    const scene = await import(new URL(`${name}.mjs`, folder));
    const why_not = scene.why_not?.();
    if (why_not) {
        console.log(`${scene.title}: not played: ${why_not}`);
        return true;
    }
    const count = Number(process.env.TAKAS_FAULTS ?? (values.short ? scene.short : scene.full));
    const stage = await Stage.open(binary, { store, ...scene.setting });
    try {
        await scene.play(stage, count);
        await stage.settle();
        await stage.check();
    } catch (error) {
        stage.problem(error.stack ?? String(error));
    }
    const is_sound = await stage.close(`${scene.title} (${store}), ${count} times`);
    scene.clean_up?.();
    return is_sound;
}

const program = asked.length ? asked.map((name) => [name, values.store])
    : [['server', 'sqlite'], ...known.map((name) => [name, 'postgres'])];
let is_sound = true;
for (const [name, store] of program) if (!await plays(name, store)) is_sound = false;
process.exit(is_sound ? 0 : 1);
