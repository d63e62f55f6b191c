#!/usr/bin/env node
// The contract test: node tools/contract/check.mjs TRANSCRIPT. Every answer of the scenarios' HTTP run must match the
// OpenAPI document that the same server served, every operation must have succeeded once, every error must have been
// provoked once (never_provoked.txt lists the exceptions with reasons).

import fs from 'node:fs';

import { operations_of, problems_of } from './contract.mjs';

const shown_max = 60;

export function exceptions_of(text) {
    const lines = text.split('\n').map((line) => line.trim()).filter((line) => line && !line.startsWith('#'));
    return new Map(lines.map((line) => [line.split(/\s+/)[0], line.slice(line.indexOf(' ') + 1).trim()]));
}

const calls = fs.readFileSync(process.argv[2], 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const served = calls.find((call) => call.path === '/openapi.json' && call.status === 200);
if (!served) throw new Error('no scenario asked for /openapi.json');
const document = JSON.parse(served.body);
const exceptions = exceptions_of(fs.readFileSync(new URL('never_provoked.txt', import.meta.url), 'utf8'));
for (const [code, reason] of exceptions)
    if (!reason || reason === code) throw new Error(`never_provoked.txt: ${code} has no reason`);

const problems = [...new Set(problems_of(document, calls, exceptions))];
for (const problem of problems.slice(0, shown_max)) console.log(problem);
if (problems.length > shown_max) console.log(`... and ${problems.length - shown_max} more`);
console.log(`${calls.length} calls, ${operations_of(document).length} operations, ${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
