#!/usr/bin/env node
// Deaths while policy files are applied: node tests/functional/policy_crash.mjs BINARY. `takas policy apply` is killed
// (SIGKILL) at moments that close in on its commit. All of the plan counts or nothing of it, the same command then finishes, what
// is exported is what was applied, and `takas verify` finds the books and the audit in order.

import fs from 'node:fs';
import path from 'node:path';

import { conclude, data as ready, end, expect, folder, problems, run, run_and_kill, serve, verify } from './trouble.mjs';

const entries = 60, deaths = 10;
const files = path.join(folder, 'policy');
fs.mkdirSync(files);
const file = (name, table, more) => fs.writeFileSync(path.join(files, name), `format = 1\n${
    Array.from({ length: entries }, (_, i) => `[[${table}]]\nname = "${table} ${i}"\n${more(i)}`).join('')}`);
const links = "links = [{ cardProductCode = ['DEMO-PREPAID'] }]\n";
file('velocity_controls.toml', 'velocityControl', (i) => `period = 'Daily'\nlimitAmount = '${i + 1}00.00'\n${links}`);
file('transaction_fees.toml', 'transactionFee', (i) => `amount = '1.00'\nmcc = ${i + 1}\n${links}`);

const common = (data) => ['--data', data, '--tenant', 'demo', '--sandbox', 'on'];
const apply_args = (data) => ['policy', 'apply', ...common(data), files, '--yes'];
const exported = (data) => {
    const out = path.join(folder, 'exported');
    const done = run(['policy', 'export', ...common(data), '--out', out]);
    expect(done.status, 0, `export: ${done.stderr}`);
    const text = fs.readdirSync(out).sort().map((name) => fs.readFileSync(path.join(out, name), 'utf8')).join('');
    fs.rmSync(out, { recursive: true, force: true });
    return text;
};
const entries_in = (text) => text.match(/^name = "(velocityControl|transactionFee) /gm)?.length ?? 0;

await end(await serve());

const whole = path.join(folder, 'whole');
fs.cpSync(ready, whole, { recursive: true });
const begin = performance.now();
const first = run(apply_args(whole));
const took = performance.now() - begin;
expect(first.status, 0, `apply: ${first.stderr}`);
const wanted = exported(whole);
expect(entries_in(wanted), 2 * entries, 'entries');
const again = run(['policy', 'plan', ...common(whole), files]);
expect(again.status, 0, `plan after apply: ${again.stdout}${again.stderr}`);

// Deaths close in on the commit: later after one that came too early, earlier after one that came too late.
let killed = 0, none = 0, early = 0, late = 1.5 * took;
const near_ms = 0.1 * took;  // the same run takes longer or shorter on a machine that does something else, too
for (let i = 0; i < deaths; ++i) {
    const data = path.join(folder, `data-${i}`);
    fs.cpSync(ready, data, { recursive: true });
    const at = (early + late) / 2;
    killed += (await run_and_kill(apply_args(data), at)).killed ? 1 : 0;
    const found = entries_in(exported(data));
    if (found !== 0) expect(found, 2 * entries, `entries after death ${i}`);
    if (found === 0) ++none;
    [early, late] = found === 0 ? [at, late] : [early, at];
    if (late - early < near_ms) [early, late] = [early - near_ms, late + near_ms];
    const done = run(apply_args(data));
    expect(done.status, 0, `apply ${i} again: ${done.stderr}`);
    expect(exported(data) === wanted, true, `what ${i} exports is what was applied`);
    verify(data);
    fs.rmSync(data, { recursive: true });
}
if (killed === 0) problems.push('nothing was killed: nothing was tried');
console.log(`${killed} of ${deaths} applies died; nothing of ${none} counted; the last after ${Math.round(early)} to ${Math.round(late)} of ${Math.round(took)} ms`);
conclude('however they died: all of the plan or nothing of it');
