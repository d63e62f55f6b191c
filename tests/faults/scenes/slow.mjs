// The database becomes slow: every message to and from it takes 50 ms, 500 ms, 5 s longer. Answers get late or are
// refused, none is wrong, none is awaited for ever, and afterwards all is as fast as before.
import { sleep } from '../messages.mjs';
import { through_proxy } from './cuts.mjs';

export const title = 'slow database';
export const short = 1, full = 10;
export const setting = { flags: through_proxy };
const phases = [{ delay_ms: 50, lasts_ms: 1_000 }, { delay_ms: 500, lasts_ms: 1_500 }, { delay_ms: 5_000, lasts_ms: 6_000 }];

export async function play(stage, count) {
    await stage.under_load(async () => {
        for (let i = 0; i < count && !stage.problems.length; ++i)
            for (const { delay_ms, lasts_ms } of phases) {
                stage.proxy.delay_ms = delay_ms;
                await sleep(lasts_ms);
                stage.proxy.delay_ms = 0;
                await stage.recovered();
            }
    });
}
