// Starts the program the tour plays against, in a data folder of its own, and takes both away at the end.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const readiness_patience_ms = 20_000;  // far above the promised 2 s: a busy machine is no reason to fail

const is_free = (port) =>
    new Promise((resolve) => {
        const probe = net.createServer().once('error', () => resolve(0));
        probe.listen(port, '127.0.0.1', () => {
            const found = probe.address().port;
            probe.close(() => resolve(found));
        });
    });

export async function start_server(binary) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'takas-demo-'));
    const data = path.join(folder, 'data'), log_file = path.join(folder, 'server.log');
    const port = (await is_free(8080)) || (await is_free(0));
    const address = `127.0.0.1:${port}`;
    const log = fs.openSync(log_file, 'w');
    const began = performance.now();
    const child = spawn(binary, ['serve', '--demo', '--data', data, '--http', address], { stdio: ['ignore', log, log] });
    const ended = new Promise((resolve) => {
        child.once('error', (error) => resolve(`could not be started: ${error.message}`));
        child.once('exit', (code, signal) => resolve(signal ? `was ended by ${signal}` : `exited with ${code}`));
    });
    let over = null;
    ended.then((how) => (over = how));

    const server = {
        url: `http://${address}`,
        command: `${path.relative('.', binary)} serve --demo --data ${data} --http ${address}`,
        data,
        ended,
        // SIGTERM: the server answers what it has begun and leaves with 0.
        async stop() {
            if (!over) child.kill('SIGTERM');
            return ended;
        },
        last_words: () => fs.readFileSync(log_file, 'utf8').trimEnd().split('\n').slice(-15).join('\n'),
        clean: () => fs.rmSync(folder, { recursive: true, force: true }),
    };
    while (performance.now() - began < readiness_patience_ms && !over) {
        const answer = await fetch(`${server.url}/health/ready`).catch(() => null);
        if (answer?.ok) return { ...server, ready_after_ms: performance.now() - began };
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const words = server.last_words();
    await server.stop();
    server.clean();
    throw new Error(`the server ${over ?? 'did not get ready'}:\n${words}`);
}
