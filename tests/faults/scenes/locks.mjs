// Somebody else's session holds locks that commits need: one account's row, then the whole table. Commits wait until
// their deadline and are refused; when the locks are gone all goes on.
import { sleep } from '../messages.mjs';

export const title = 'statements time out';
export const short = 2, full = 20;
const held_s = 6;  // longer than a commit may take (2 s) with the look-up of its outcome and one more attempt

export async function play(stage, count) {
    const { database } = stage;
    await stage.under_load(async () => {
        for (let i = 0; i < count && !stage.problems.length; ++i) {
            const { accountId } = stage.cards[i % stage.cards.length];
            const lock = i % 2 ? 'LOCK TABLE card_account IN EXCLUSIVE MODE'
                : `UPDATE card_account SET version = version WHERE account_id = ${accountId}`;
            const refused_before = stage.messages.refused;
            const holder = database.rows(`BEGIN; ${lock}; SELECT pg_sleep(${held_s}); ROLLBACK`);
            await sleep(held_s * 1000);
            await holder;
            if (stage.messages.refused === refused_before) stage.problem('nothing was refused: were there no locks?');
            await stage.recovered();
        }
    });
}
