// The published guide in its five steps, as an institution's own program would take them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lira, must, refused, signed_in } from './client.js';
import { load, make_active_card, make_customer, make_product } from './setup.js';

const market = {
    transactionCurrency: lira, mcc: 5411, terminalType: 'Pos', posEntryMode: 'Chip', terminalNo: 'INT00001', cardAcceptorNo: '000000000012345',
    cardAcceptorName: 'KÖŞE MARKET', cardAcceptorCity: 'ANKARA', cardAcceptorCountry: 'TR',
} as const;

test('product, customer, card, transactions and their reversal', async () => {
    const api = await signed_in();
    const product = await make_product(api), customer = await make_customer(api);
    const card = await make_active_card(api, product.code, customer.customerNo);
    const balances = await load(api, card.accountId, 500);
    assert.equal(balances.availableBalance, 500);

    const purchase = must(await api.POST('/api/v1/sandbox/transaction', {
        body: { tokenId: card.tokenId, transactionCode: 'Purchase', transactionAmount: 120.5, ...market },
    }));
    assert.equal(purchase.responseCode, 'Approved');
    const account = () => api.GET('/api/v1/issuing/card/{tokenId}/account', { params: { path: { tokenId: card.tokenId } } }).then(must);
    assert.deepEqual(await account().then((a) => [a.postedBalance, a.heldAmount, a.availableBalance]), [500, 120.5, 379.5]);

    const too_much = must(await api.POST('/api/v1/sandbox/transaction', {
        body: { tokenId: card.tokenId, transactionCode: 'Purchase', transactionAmount: 380, ...market },
    }));
    assert.equal(too_much.responseCode, 'InsufficientFunds');
    const why = must(await api.GET('/api/v1/issuing-transaction/card-transaction/{id}', { params: { path: { id: too_much.transactionId } } }));
    assert.deepEqual(why.checks.filter((check) => check.outcome === 'Failed').map((check) => check.name), ['Balance']);

    const reversal = must(await api.POST('/api/v1/sandbox/transaction/void', { body: { transactionId: purchase.transactionId, reversalType: 'Void' } }));
    assert.equal(reversal.transactionStatus, 'Voided');
    assert.equal((await account()).availableBalance, 500);
});

test('a refusal names the field, in the language asked for', async () => {
    const api = await signed_in('tr');
    const answer = await api.POST('/api/v1/issuing/customer', { body: { type: 'Individual', customerNo: 'x'.repeat(500), name: 'A', surname: 'B' } });
    const error = refused(answer, 400, 'COMMON:00001');
    assert.deepEqual(error.validationErrors?.flatMap((e) => e.members), ['customerNo']);
    assert.match(error.message, /[ıİğşçöü]/);
});

test('an Idempotency-Key sent twice is one customer', async () => {
    const api = await signed_in();
    const customer = await make_customer(api);
    const body = { cardProductCode: (await make_product(api)).code, customerNo: customer.customerNo, productType: 'Virtual' } as const;
    const once = () => api.POST('/api/v1/issuing/card', { body, headers: { 'Idempotency-Key': customer.customerNo } });
    const [first, second] = [await once(), await once()];
    assert.equal(must(first).tokenId, must(second).tokenId);
    assert.equal(second.response.headers.get('Idempotency-Replayed'), 'true');
});
