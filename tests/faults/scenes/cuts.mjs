// Connections are cut in the middle of a commit: before PostgreSQL gets it, after that and before its answer is back, and
// silently, so that the server must find out by itself.
import { sleep } from '../messages.mjs';
import { Proxy } from '../proxy.mjs';

export const title = 'connections cut in a commit';
export const short = 8, full = 200;
export const setting = { flags: through_proxy };
const pause_ms_max = 150;
const ways = ['before', 'after', 'after', 'hole'];

export async function through_proxy(stage) {
    stage.proxy = await Proxy.start({ path: stage.database.socket.path }, stage.random);
    return ['--store', stage.proxy.url('takas')];
}

export async function play(stage, count) {
    await stage.under_load(async () => {
        for (let i = 0; i < count && !stage.problems.length; ++i) {
            await sleep(stage.random() * pause_ms_max);
            await stage.proxy.cut(ways[i % ways.length]);
            await stage.recovered();
        }
        stage.proxy.swallow();
        await stage.recovered();
    });
}
