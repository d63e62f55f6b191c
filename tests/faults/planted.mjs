#!/usr/bin/env node
// The checker on a real run with planted faults: node tests/faults/planted.mjs BINARY. Rows of a sound run's database
// are lost, doubled and changed behind the servers' back, one at a time; each must be found. `takas verify`, which knows
// nothing of the clients, must object as well where the books alone can tell.

import { spawnSync } from 'node:child_process';

import { check } from './checker.mjs';
import { sleep } from './messages.mjs';
import { Stage } from './stage.mjs';

const load_ms = 500;

// {name: [statement on one acknowledged transaction, what the checker says, whether the books alone can tell]}
const plants = {
    'a lost acknowledgement': [(id) => `DELETE FROM card_transaction WHERE transaction_id = ${id}`,
        /an acknowledged transaction is gone/, true],
    'a doubled row': [(id) => `CREATE TEMP TABLE twin AS SELECT * FROM card_transaction WHERE transaction_id = ${id};
        UPDATE twin SET transaction_id = (SELECT max(transaction_id) + 1 FROM card_transaction);
        INSERT INTO card_transaction SELECT * FROM twin`,
    /transactions on record, \d+ messages sent/, true],
    'a doubled id': [(id) => `CREATE TEMP TABLE twin AS SELECT * FROM card_transaction WHERE transaction_id = ${id};
        UPDATE twin SET account_id = account_id + 1; INSERT INTO card_transaction SELECT * FROM twin`,
    /transactions on record, \d+ messages sent/, true],
    'a changed amount': [(id) => `UPDATE card_transaction SET transaction_amount_minor = transaction_amount_minor + 1
        WHERE transaction_id = ${id}`, /is on record as/, false],
    'a changed balance': [(id) => `UPDATE card_account SET posted_minor = posted_minor + 1 WHERE account_id =
        (SELECT account_id FROM card_transaction WHERE transaction_id = ${id})`, /has \d+ minor units, not/, true],
    'a lost event': [(id) => `DELETE FROM domain_event WHERE transaction_id = ${id}`, /has events of kinds \[\]/, true],
    'a lost delivery': [(id) => `DELETE FROM webhook_delivery WHERE event_sequence_no =
        (SELECT sequence_no FROM domain_event WHERE transaction_id = ${id})`, /has no delivery/, false],
};

const stage = await Stage.open(process.argv[2]);
await stage.under_load(() => sleep(load_ms));
await stage.settle();
await stage.check();
const sound = stage.database;
const approved = stage.messages.all.filter((message) => message.answer?.isSuccess);
for (const [name, [statement, complaint, books_can_tell]] of Object.entries(plants)) {
    stage.database = await sound.copy('planted');
    await stage.database.rows(statement(approved[Math.floor(stage.random() * approved.length)].answer.transactionId));
    const found = check(await stage.seen()).join('\n');
    if (!complaint.test(found)) stage.problem(`the checker did not find ${name}: ${found}`);
    if (!books_can_tell) continue;
    const verified = spawnSync(stage.binary, ['verify', '--data', stage.data, ...stage.database.flags], { encoding: 'utf8' });
    if (verified.status === 0) stage.problem(`takas verify did not find ${name}: ${verified.stdout}${verified.stderr}`);
}
process.exit(await stage.close(`${Object.keys(plants).length} planted faults`) ? 0 : 1);
