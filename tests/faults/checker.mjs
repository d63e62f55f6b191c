// The checker: the client log, the database's rows and the receiver's log side by side, when all is quiet. Pure: it gets
// everything as values and returns what does not fit. It believes the clients.
//
//   messages    {kind, card, body, answer}                        what clients sent and were told
//   rows        {id, token_id, result, auth_no, amount_minor}      stored transactions
//   accounts    {account_id, posted_minor, held_minor}             stored balances
//   events      {sequence_no, kind, stream_id, transaction_id}     the event log, from where the webhook begins
//   deliveries  {id, sequence_no, stream_id, state}                of the webhook
//   received    {id, name}                                         by the receiver, in order of arrival

import { minor } from './messages.mjs';

const result_approved = 0, state_delivered = 2;
const kind_successful = 9, kind_unsuccessful = 10;

export function check(seen) {
    return [...check_transactions(seen), ...check_accounts(seen), ...check_events(seen), ...check_deliveries(seen)];
}

// Every answer is on record as it was given, once; nothing else is.
function check_transactions({ messages, rows }) {
    const problems = [];
    const by_id = new Map(rows.map((row) => [row.id, row]));
    const purchases = messages.filter((message) => message.kind === 'purchase');
    if (rows.length !== purchases.length)
        problems.push(`${rows.length} transactions on record, ${purchases.length} messages sent`);
    const used = new Set();
    for (const { answer, body } of purchases) {
        if (!answer) continue;
        const row = by_id.get(answer.transactionId);
        if (!row) problems.push(`an acknowledged transaction is gone: ${JSON.stringify(answer)}`);
        else if (row.auth_no !== (answer.authNo ?? '') || row.amount_minor !== minor(body.transactionAmount) ||
            row.token_id !== body.tokenId || (row.result === result_approved) !== answer.isSuccess)
            problems.push(`${JSON.stringify(answer)} is on record as ${JSON.stringify(row)}`);
        if (used.has(answer.transactionId)) problems.push(`two messages share transaction ${answer.transactionId}`);
        used.add(answer.transactionId);
    }
    const silent = messages.filter((message) => !message.answer).length;
    if (silent) problems.push(`${silent} messages never got an answer`);
    return problems;
}

// Each balance follows from the answers alone.
function check_accounts({ messages, accounts, cards }) {
    const problems = [];
    const by_id = new Map(accounts.map((account) => [account.account_id, account]));
    const sum = (list, value) => list.reduce((total, message) => total + minor(value(message)), 0);
    for (const card of cards) {
        const mine = messages.filter((message) => message.card === card);
        const approved = mine.filter((m) => m.kind === 'purchase' && m.answer?.isSuccess);
        const is_posted = (m) => m.body.transactionFlowCode === 'Financial';
        const held = sum(approved.filter((m) => !is_posted(m)), (m) => m.answer.approvedAmount);
        const posted = minor(card.first) + sum(mine.filter((m) => m.kind === 'load' && m.answer), (m) => m.body.amount) -
            sum(approved.filter(is_posted), (m) => m.answer.approvedAmount);
        const account = by_id.get(card.accountId);
        if (account?.held_minor !== held)
            problems.push(`account ${card.accountId} holds ${account?.held_minor} minor units, not ${held}`);
        if (account?.posted_minor !== posted)
            problems.push(`account ${card.accountId} has ${account?.posted_minor} minor units, not ${posted}`);
    }
    return problems;
}

// One event for each transaction with an outcome, and none of nothing.
function check_events({ messages, events }) {
    const problems = [];
    const kinds = new Map();
    for (const event of events) {
        if (event.kind !== kind_successful && event.kind !== kind_unsuccessful) continue;
        if (!kinds.has(event.transaction_id)) kinds.set(event.transaction_id, []);
        kinds.get(event.transaction_id).push(event.kind);
    }
    for (const { kind, answer } of messages) {
        if (kind !== 'purchase' || !answer) continue;
        const found = kinds.get(answer.transactionId) ?? [];
        const expected = answer.isSuccess ? kind_successful : kind_unsuccessful;
        if (found.length !== 1 || found[0] !== expected)
            problems.push(`transaction ${answer.transactionId} has events of kinds [${found}], not [${expected}]`);
    }
    return problems;
}

// Every event reached the receiver, first arrivals of one card in the order of the log.
function check_deliveries({ events, deliveries, received }) {
    const problems = [];
    const by_id = new Map(deliveries.map((delivery) => [delivery.id, delivery]));
    const planned = new Set(deliveries.map((delivery) => delivery.sequence_no));
    if (planned.size !== deliveries.length) problems.push(`${deliveries.length - planned.size} events have two deliveries`);
    for (const event of events)
        if (!planned.has(event.sequence_no)) problems.push(`event ${event.sequence_no} has no delivery`);
    const arrived = new Set(), last_of_stream = new Map();
    for (const { id } of received) {
        if (arrived.has(id)) continue;
        arrived.add(id);
        const delivery = by_id.get(id);
        if (!delivery) {
            problems.push(`the receiver got ${id}, of which the database knows nothing`);
            continue;
        }
        const last = last_of_stream.get(delivery.stream_id) ?? 0;
        if (delivery.sequence_no < last)
            problems.push(`stream ${delivery.stream_id}: event ${delivery.sequence_no} arrived after ${last}`);
        last_of_stream.set(delivery.stream_id, Math.max(last, delivery.sequence_no));
    }
    for (const { id, state, sequence_no } of deliveries)
        if (!arrived.has(id) || state !== state_delivered)
            problems.push(`event ${sequence_no}: delivery ${id} has state ${state}, ` +
                (arrived.has(id) ? 'arrived' : 'never arrived'));
    return problems;
}
