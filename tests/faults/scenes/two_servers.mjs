// Two servers on one database, every card used through both. One is killed in turn: the other serves its accounts at
// once, and takes over its webhooks.
import { Client } from '../../../tools/contract/server.mjs';
import { sleep } from '../messages.mjs';

export const title = 'one of two servers killed';
export const short = 3, full = 50;
export const setting = { servers: 2 };
const pause_ms_max = 400;
const at_once_ms = 1_000;  // for an answer on every card, under load, on a busy machine

export async function play(stage, count) {
    await stage.under_load(async () => {
        for (let i = 0; i < count && !stage.problems.length; ++i) {
            await sleep(stage.random() * pause_ms_max);
            const dead = i % 2, survivor = stage.servers[1 - dead];
            await stage.kill_server(dead);
            await serves_all(stage, survivor);
            await stage.start_server(dead);
            await stage.recovered();
        }
    });
}

async function serves_all(stage, server) {
    const client = new Client(server.running.port);
    client.headers.Authorization = `Bearer ${stage.token}`;
    const began = performance.now();
    for (const card of stage.cards)
        if (!await stage.send(client, server, stage.messages.next(card)))
            stage.problem(`server ${server.no} does not serve account ${card.accountId} after the other one's death`);
    const took_ms = performance.now() - began;
    if (took_ms > at_once_ms * stage.cards.length)
        stage.problem(`server ${server.no} took ${Math.round(took_ms)} ms for ${stage.cards.length} cards`);
    client.close();
}
