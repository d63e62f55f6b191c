// The server is killed (SIGKILL) again and again, and started again.
import { sleep } from '../messages.mjs';

export const title = 'server killed';
export const short = 20, full = 100;
export const setting = { loses_an_answer: true };
const lives_ms_min = 40, lives_ms_more = 260;  // under load, before it is killed

export async function play(stage, count) {
    await stage.under_load(async () => {
        for (let i = 0; i < count && !stage.problems.length; ++i) {
            await sleep(lives_ms_min + stage.random() * lives_ms_more);
            await stage.kill_server(0);
            await stage.start_server(0);
            await stage.recovered();
        }
    });
}
