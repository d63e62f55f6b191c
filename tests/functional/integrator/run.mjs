// Plays an integrator: a typed client is generated from the server's own OpenAPI document, the tests beside this file
// are compiled against it, and the compiled program runs against the real server. A path, a field or an enum value that
// the document does not have does not compile; an answer that is not what the document promised fails in the run.
// usage: run.mjs path/to/takas

import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { start, temporary_folder } from '../../../tools/contract/server.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const modules = path.join(here, '../../../tools/npm/node_modules');
const binary = path.resolve(process.argv[2]);
const folder = temporary_folder();

const tool = (name, args) => execFileSync(process.execPath, [path.join(modules, name), ...args], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });

function compile() {
    fs.writeFileSync(path.join(folder, 'openapi.json'), execFileSync(binary, ['openapi'], { maxBuffer: 64 << 20 }));
    tool('openapi-typescript/bin/cli.js', ['openapi.json', '-o', 'takas_api.ts']);
    for (const file of fs.readdirSync(here).filter((name) => /\.ts$|^tsconfig\.json$/.test(name)))
        fs.copyFileSync(path.join(here, file), path.join(folder, file));
    fs.symlinkSync(modules, path.join(folder, 'node_modules'));
    fs.writeFileSync(path.join(folder, 'package.json'), '{"type": "module"}');
    const compiled = spawnSync(process.execPath, [path.join(modules, 'typescript/bin/tsc'), '-p', '.'], { cwd: folder, encoding: 'utf8' });
    process.stderr.write(compiled.stdout);
    if (compiled.status !== 0) throw new Error('the tests do not fit the OpenAPI document');
}

async function play() {
    const server = await start(binary, path.join(folder, 'data'), path.join(folder, 'log'));
    const tests = fs.readdirSync(folder).filter((name) => name.endsWith('_test.js'));
    const run = spawnSync(process.execPath, ['--test', ...tests], { cwd: folder, stdio: 'inherit', env: { ...process.env, TAKAS_URL: server.url } });
    if ((await server.stop('SIGTERM')) !== 0) throw new Error('the server did not end well');
    if (run.status !== 0) throw new Error(`a test failed; the server said:\n${fs.readFileSync(path.join(folder, 'log'), 'utf8').slice(-3000)}`);
}

try {
    compile();
    await play();
} catch (error) {
    console.error(error.message);
    process.exitCode = 1;
} finally {
    fs.rmSync(folder, { recursive: true, force: true });
}
