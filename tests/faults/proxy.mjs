// A network that fails, between servers and PostgreSQL: it delays, cuts connections around a commit, or swallows what
// it is given without a word. It knows the frontend protocol just enough to see where a Sync ends: there an implicit
// transaction commits. (PostgreSQL 15 documentation, 55.7: a startup message is int32 length, int32 code; every later
// one a byte of type, then int32 length.)

import net from 'node:net';

const sync = 'S'.charCodeAt(0), query = 'Q'.charCodeAt(0);
const ssl_request = 80877103, gssenc_request = 80877104;
const answer_lost_ms_max = 30;     // between the Sync that went through and the cut

// The end of the first whole Sync or simple query in what has been seen of the stream, or -1.
class Frames {
    constructor() {
        this.rest = Buffer.alloc(0);
        this.has_started = false;
    }

    // Offsets in `chunk` behind each message that can commit.
    commits_in(chunk) {
        const offsets = [], before = this.rest.length;
        let bytes = Buffer.concat([this.rest, chunk]), at = 0;
        for (;;) {
            const head = this.has_started ? 1 : 0;
            if (bytes.length < at + head + 4) break;
            const length = bytes.readInt32BE(at + head) + head;
            if (bytes.length < at + Math.max(length, head + 4)) break;
            if (!this.has_started) {
                const code = bytes.readInt32BE(at + 4);
                this.has_started = code !== ssl_request && code !== gssenc_request;
            } else if (bytes[at] === sync || bytes[at] === query) {
                offsets.push(at + length - before);
            }
            at += length;
        }
        this.rest = bytes.subarray(at);
        return offsets;
    }
}

// One direction of one connection: first in, first out, `delay_ms` later.
class Pipe {
    constructor(proxy, to) {
        Object.assign(this, { proxy, to, queue: [], is_blocked: false });
    }

    send(chunk) {
        if (this.is_blocked) return;
        if (!this.proxy.delay_ms && !this.queue.length) return void this.to.write(chunk);
        this.queue.push(chunk);
        setTimeout(() => {
            const next = this.queue.shift();
            if (next && !this.is_blocked && !this.to.destroyed) this.to.write(next);
        }, this.proxy.delay_ms);
    }
}

export class Proxy {
    // To the server behind `target` ({path} or {port}).
    static async start(target, random) {
        const proxy = new Proxy(target, random);
        proxy.server = net.createServer((client) => proxy.#connect(client));
        await new Promise((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
        proxy.port = proxy.server.address().port;
        proxy.server.unref();
        return proxy;
    }

    constructor(target, random) {
        Object.assign(this, { target, random, delay_ms: 0, next_cut: null, cuts: 0, connections: new Set() });
    }

    url(database) {
        return `postgres://postgres@127.0.0.1:${this.port}/${database}?sslmode=disable&gssencmode=disable`;
    }

    // The next commit on any connection meets its fate. 'before': the Sync never arrives. 'after': it arrives, the answer
    // does not. 'hole': it arrives or not, and nothing more is heard, not even that the connection ended.
    // Resolves when it has happened.
    cut(how) {
        return new Promise((resolve) => (this.next_cut = { how, resolve }));
    }

    #connect(client) {
        const upstream = net.connect(this.target);
        const link = { client, upstream, frames: new Frames(), down: new Pipe(this, client), up: new Pipe(this, upstream) };
        this.connections.add(link);
        const end = () => {
            this.connections.delete(link);
            if (link.is_hole) return;
            client.destroy();
            upstream.destroy();
        };
        for (const socket of [client, upstream]) {
            socket.setNoDelay(true);
            socket.on('error', () => {});
            socket.on('close', end);
        }
        client.on('data', (chunk) => this.#from_client(link, chunk));
        upstream.on('data', (chunk) => link.down.send(chunk));
    }

    #from_client(link, chunk) {
        const [commit] = link.frames.commits_in(chunk);
        if (commit === undefined || !this.next_cut || link.is_cut) return link.up.send(chunk);
        const { how, resolve } = this.next_cut;
        this.next_cut = null;
        link.is_cut = true;
        ++this.cuts;
        const arrives = how === 'after' || (how === 'hole' && this.random() < 0.5);
        if (arrives) link.up.send(chunk.subarray(0, commit));
        link.down.is_blocked = true;
        if (how === 'hole') {
            link.is_hole = link.up.is_blocked = true;
        } else {
            setTimeout(() => link.client.destroy(), arrives ? this.random() * answer_lost_ms_max : 0);
        }
        resolve();
    }

    // Nothing gets through on any connection that is open, and nobody is told.
    swallow() {
        for (const link of this.connections) link.is_hole = link.up.is_blocked = link.down.is_blocked = true;
    }

    stop() {
        this.server.close();
        for (const { client, upstream } of this.connections) {
            client.destroy();
            upstream.destroy();
        }
    }
}
