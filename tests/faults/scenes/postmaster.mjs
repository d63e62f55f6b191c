// The whole database server is killed (SIGKILL to the postmaster) and comes back after a while, as under a supervisor.
import { sleep } from '../messages.mjs';

export const title = 'postmaster killed';
export const short = 3, full = 100;
const pause_ms_max = 300, away_ms_max = 600;

export async function play(stage, count) {
    await stage.under_load(async () => {
        for (let i = 0; i < count && !stage.problems.length; ++i) {
            await sleep(stage.random() * pause_ms_max);
            await stage.database.crash();
            await sleep(stage.random() * away_ms_max);
            await stage.database.restart();
            await stage.recovered();
        }
    });
}
