// A worker of a Citus cluster is killed (SIGKILL to its postmaster) and comes back. Its accounts wait that long, and for
// commits that were open then: they keep their rows locked until they are settled.
import { is_citus } from '../database.mjs';
import { sleep } from '../messages.mjs';

export const title = 'worker of a distributed database killed';
export const short = 3, full = 30;
export const why_not = () => (is_citus ? null : 'the database is no Citus (tools/citus_trial)');
const pause_ms_max = 300, away_ms_max = 600;

export async function play(stage, count) {
    await stage.under_load(async () => {
        for (let i = 0; i < count && !stage.problems.length; ++i) {
            const worker = `worker${1 + i % 2}`;
            await sleep(stage.random() * pause_ms_max);
            await stage.database.crash(worker);
            await sleep(stage.random() * away_ms_max);
            await stage.database.restart(worker);
            await stage.recovered();
        }
    });
}
