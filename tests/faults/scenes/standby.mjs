// High availability: a primary with a synchronous standby, servers that know both (a URL of several hosts), and the
// primary killed under load. The standby is promoted, by whoever does that; servers find it by themselves, and no
// acknowledged answer is lost. The dead primary is rebuilt as the new one's standby, and the next time it goes the other
// way. Started as it was, it must not be able to acknowledge a write: it waits for a standby that it no longer has. Nor
// may a server that knows the new one read there, although the old one calls itself writable and comes first in the URL.
import { PostgresDatabase } from '../database.mjs';
import { sleep } from '../messages.mjs';

export const title = 'primary lost, standby promoted';
export const short = 1, full = 20;
export const setting = { flags: both_hosts };
const pause_ms_max = 500, waits_ms = 500;

// Two places that stay; who is primary changes.
async function both_hosts(stage) {
    const standby = await PostgresDatabase.standby(stage.database);
    stage.databases.push(standby);
    stage.standby = standby;
    const hosts = stage.databases.map((database) => database.folder), ports = stage.databases.map((d) => d.socket.port);
    return ['--store', `host=${hosts} port=${ports} user=postgres dbname=takas target_session_attrs=read-write`];
}

// Whatever it writes must wait for a confirmation that never comes.
async function is_left_alone(stage, old_primary) {
    await old_primary.restart();
    let is_written = false;
    const write = old_primary.rows('CREATE TABLE written_by_the_old_primary ()').then(() => (is_written = true), () => {});
    await sleep(waits_ms);
    if (is_written) stage.problem('the old primary acknowledges writes');
    await stage.database.rows(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = '${stage.database.name}' AND backend_type = 'client backend' AND pid <> pg_backend_pid()`);
    await stage.recovered();
    const strayed = await old_primary.rows(`SELECT left(query, 80) FROM pg_stat_activity WHERE application_name = 'takas'
        AND query !~ '^($|SET |SELECT current_setting|SELECT pg_walfile_name)'`);
    if (strayed.length) stage.problem(`the servers use the old primary: ${strayed.join('; ')}`);
    await old_primary.crash();
    await write;
}

export async function play(stage, count) {
    await stage.under_load(async () => {
        for (let i = 0; i < count && !stage.problems.length; ++i) {
            await sleep(stage.random() * pause_ms_max);
            const old_primary = stage.database;
            await old_primary.crash();
            await stage.standby.tool('promote');
            stage.database = stage.standby;
            await stage.recovered();
            await is_left_alone(stage, old_primary);
            await old_primary.rebuild_from(stage.database);
            stage.standby = old_primary;
        }
    });
}
