// A card's life as a branch and a back office see it: cards without an owner, production and delivery, a link to a
// customer, its own policy, a renewal, a loss.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lira, must, refused, signed_in, type Schemas } from './client.js';
import { load, make_active_card, make_customer, make_product } from './setup.js';

const shop = {
    transactionCode: 'Purchase', transactionAmount: 10, transactionCurrency: lira, mcc: 5942, terminalNo: 'INT00002', cardAcceptorNo: '000000000012345',
    cardAcceptorName: 'kitap.example', cardAcceptorCity: 'ISTANBUL', cardAcceptorCountry: 'TR',
} as const;

test('noname cards are made, delivered to a branch and given to customers', async () => {
    const api = await signed_in();
    const product = await make_product(api, { isNonameAllowed: true, physicals: [{ physicalType: 'Emv', isDefault: true, serviceCode: '201', persoOfficeCode: 'PO1', courierCode: 'KURYE' }] });
    const batch = must(await api.POST('/api/v1/issuing/card/noname', {
        body: { cardProductCode: product.code, count: 3, personalizedNameLine1: 'DEĞERLİ MÜŞTERİMİZ', branchCode: '0042', deliveryAddress: { addressLine1: 'Şube 42', city: 'Ankara' } },
    }));
    assert.equal(batch.successCount, 3);
    const [first] = batch.cards, tokenId = first.tokenId!;

    const orders = must(await api.GET('/api/v1/issuing/card/{tokenId}/perso-info', { params: { path: { tokenId } } }));
    assert.deepEqual(orders.items.map((order) => order.barcode), [first.barcode]);
    for (const status of ['Processing', 'Completed'] as const)
        must(await api.PUT('/api/v1/issuing/perso/{id}/status', { params: { path: { id: orders.items[0].id } }, body: { status } }));
    for (const status of ['HandedToCourier', 'InTransit', 'OutForDelivery', 'Delivered'] as const)
        must(await api.PUT('/api/v1/issuing/delivery/{barcode}/status', { params: { path: { barcode: first.barcode! } }, body: { status } }));
    const shipment = must(await api.GET('/api/v1/issuing/card/{tokenId}/shipment-info', { params: { path: { tokenId } } }));
    assert.equal(shipment.shipments[0].status, 'Delivered');

    const customer = await make_customer(api);
    const linked = must(await api.POST('/api/v1/issuing/card/link-customer', { body: { barcode: first.barcode!, customerNo: customer.customerNo, activate: true } }));
    assert.deepEqual([linked.tokenId, linked.customerNo, linked.status], [tokenId, customer.customerNo, 'Active']);
    refused(await api.POST('/api/v1/issuing/card/link-customer', { body: { tokenId, customerNo: customer.customerNo } }), 422, 'CARD:00022');
});

test("a card's own policy stands over its product's, and says so", async () => {
    const api = await signed_in();
    const product = await make_product(api), customer = await make_customer(api);
    const card = await make_active_card(api, product.code, customer.customerNo);
    await load(api, card.accountId, 100);
    const { tokenId } = card;
    const buy = async () => must(await api.POST('/api/v1/sandbox/transaction', { body: { tokenId, posEntryMode: 'ECommerce', terminalType: 'Ecommerce', ...shop } }));
    assert.equal((await buy()).responseCode, 'Approved');
    const policy = must(await api.PUT('/api/v1/issuing/card/policy', { body: { tokenId, domestic: { ecommerce: false } } }));
    assert.deepEqual([policy.domestic.ecommerce, policy.sources.domestic?.ecommerce, policy.sources.domestic?.pos], [false, 'Card', 'Product']);
    const declined = await buy();
    assert.equal(declined.isSuccess, false);
    assert.deepEqual(declined.checks.filter((check) => check.outcome === 'Failed').map((check) => check.name), ['Policy']);
    assert.equal(must(await api.GET('/api/v1/issuing/audit-log/policy', { params: { query: { tokenId } } })).totalCount, 1);
});

test('a renewal keeps the number, a lost card is replaced by another', async () => {
    const api = await signed_in();
    const product = await make_product(api), customer = await make_customer(api);
    const card = await make_active_card(api, product.code, customer.customerNo);
    const renewed = must(await api.POST('/api/v1/issuing/card/renew', { body: { tokenId: card.tokenId } }));
    assert.equal(renewed.newTokenId, card.tokenId);
    const changed = must(await api.PUT('/api/v1/issuing/card/status', { body: { tokenId: card.tokenId, status: 'Lost', reason: 'CustomerRequest', createNewCard: true } }));
    assert.equal(changed.issuanceResult?.isSuccess, true);
    assert.notEqual(changed.issuanceResult?.newTokenId, card.tokenId);
    const events = must(await api.GET('/api/v1/issuing/event', { params: { query: { tokenId: card.tokenId } } })) as Schemas['EventPageDto'];
    assert.ok(events.items.some((event) => event.eventName === 'CardStatusChanged'));
});
