// A checker that finds nothing proves nothing: each fault is planted into a sound run and must be found, alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { check } from './checker.mjs';

function sound_run() {
    const cards = [{ tokenId: 1, accountId: 11, first: 100 }, { tokenId: 2, accountId: 12, first: 50 }];
    const purchase = (card, id, amount, isSuccess, flow) => ({ kind: 'purchase', card,
        body: { tokenId: card.tokenId, transactionAmount: amount, transactionFlowCode: flow },
        answer: { transactionId: id, isSuccess, authNo: isSuccess ? `A${id}` : null, approvedAmount: isSuccess ? amount : 0 } });
    const row = (id, token_id, result, amount_minor) =>
        ({ id, token_id, result, auth_no: result === 0 ? `A${id}` : '', amount_minor });
    const event = (sequence_no, kind, stream_id, transaction_id) => ({ sequence_no, kind, stream_id, transaction_id });
    return {
        cards,
        messages: [purchase(cards[0], 101, 10, true, 'Authorization'), purchase(cards[0], 102, 20, true, 'Financial'),
            purchase(cards[1], 103, 999, false, 'Authorization'),
            { kind: 'load', card: cards[1], body: { amount: 5 }, answer: {} }],
        rows: [row(101, 1, 0, 1000), row(102, 1, 0, 2000), row(103, 2, 2, 99900)],
        accounts: [{ account_id: 11, posted_minor: 8000, held_minor: 1000 },
            { account_id: 12, posted_minor: 5500, held_minor: 0 }],
        events: [event(1, 9, 1, 101), event(2, 9, 1, 102), event(3, 10, 2, 103)],
        deliveries: [1, 2, 3].map((n) => ({ id: 1000 + n, sequence_no: n, stream_id: n < 3 ? 1 : 2, state: 2 })),
        received: [{ id: 1001 }, { id: 1003 }, { id: 1001 }, { id: 1002 }],
    };
}

test('a sound run has no problems', () => assert.deepEqual(check(sound_run()), []));

const plants = {
    'a lost acknowledgement': [(run) => run.rows.splice(1, 1), /acknowledged transaction is gone/],
    'a doubled row': [(run) => run.rows.push({ ...run.rows[0], id: 199 }), /4 transactions on record, 3 messages/],
    'another outcome': [(run) => (run.rows[0].result = 2), /is on record as/],
    'another amount': [(run) => (run.rows[1].amount_minor += 1), /is on record as/],
    'another authorization number': [(run) => (run.rows[0].auth_no = 'A999'), /is on record as/],
    'one transaction for two messages': [(run) => (run.messages[1].answer.transactionId = 101), /two messages share/],
    'a silent message': [(run) => delete run.messages[3].answer, /never got an answer/],
    'a hold too much': [(run) => (run.accounts[0].held_minor += 1), /account 11 holds 1001/],
    'a load counted twice': [(run) => (run.accounts[1].posted_minor += 500), /account 12 has 6000/],
    'an account that is gone': [(run) => run.accounts.pop(), /account 12 has undefined/],
    'a lost event': [(run) => run.events.splice(0, 1), /transaction 101 has events of kinds \[\]/],
    'an event twice': [(run) => run.events.push({ ...run.events[2], sequence_no: 4 }), /kinds \[10,10\]/],
    'an event nobody planned to deliver': [(run) => run.deliveries.pop(), /event 3 has no delivery/],
    'a delivery that never arrived': [(run) => run.received.pop(), /event 2: .* never arrived/],
    'a delivery that was given up': [(run) => (run.deliveries[0].state = 3), /event 1: .* state 3/],
    'a ghost': [(run) => run.received.push({ id: 7 }), /the receiver got 7/],
    'arrivals out of order': [(run) => run.received.reverse(), /event 1 arrived after 2/],
};

for (const [name, [plant, complaint]] of Object.entries(plants))
    test(`finds ${name}`, () => {
        const run = sound_run();
        plant(run);
        assert.match(check(run).join('\n'), complaint);
    });
