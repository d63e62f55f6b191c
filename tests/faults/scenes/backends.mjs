// Connections die in the database: one is told to end (pg_terminate_backend), all are, or one is killed (SIGKILL), after
// which PostgreSQL ends all others and recovers from its log.
import { sleep } from '../messages.mjs';

export const title = 'backends killed';
export const short = 9, full = 100;
const pause_ms_max = 200;
const ways = ['end one', 'end all', 'kill one'];

export async function play(stage, count) {
    const { database } = stage;
    await stage.under_load(async () => {
        for (let i = 0; i < count && !stage.problems.length; ++i) {
            await sleep(stage.random() * pause_ms_max);
            const backends = await database.backends();
            if (!backends.length) stage.problem('nobody is connected to the database');
            const one = backends[Math.floor(stage.random() * backends.length)];
            const way = ways[i % ways.length];
            if (way === 'end one') await database.rows(`SELECT pg_terminate_backend(${one})`);
            if (way === 'end all') await database.rows(`SELECT ${backends.map((b) => `pg_terminate_backend(${b})`)}`);
            if (way === 'kill one') process.kill(one, 'SIGKILL');
            await gone(way === 'end one' ? [one] : backends);
            await stage.recovered();
        }
    });
}

// Until then they may serve on: that would be no recovery.
async function gone(processes) {
    const lives = (process_id) => {
        try {
            return process.kill(process_id, 0);
        } catch {
            return false;
        }
    };
    while (processes.some(lives)) await sleep(2);
}
