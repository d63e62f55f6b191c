// A back office walks a list to its end while somebody else adds to it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fresh, must, refused, signed_in } from './client.js';
import { make_active_card, make_customer, make_product } from './setup.js';

test('by its cursor a list is walked without a gap and without a double', async () => {
    const api = await signed_in();
    const made = new Set<string>(), surname = fresh('Gezgin');
    for (let i = 0; i < 7; ++i) made.add((await make_customer(api, { surname })).customerNo);
    const seen: string[] = [];
    for (let cursor = ''; ;) {
        const page = must(await api.GET('/api/v1/issuing/customer', { params: { query: { surname, sorting: 'id desc', maxResultCount: 2, cursor } } }));
        seen.push(...page.items.map((customer) => customer.customerNo));
        if (!(cursor = page.nextCursor)) break;
        await make_customer(api, { surname });
    }
    assert.equal(new Set(seen).size, seen.length);
    assert.deepEqual(new Set(seen), made);
});

test('segments, a segment in use, and two who change it at once', async () => {
    const api = await signed_in();
    const segment = must(await api.POST('/api/v1/issuing/customer-segment', { body: { name: fresh('VIP'), description: 'first' } }));
    const customer = await make_customer(api, { segmentId: segment.id });
    const path = { id: segment.id };
    refused(await api.DELETE('/api/v1/issuing/customer-segment/{id}', { params: { path } }), 422, 'CUST:00004');

    const seen = await api.GET('/api/v1/issuing/customer/{customerNo}', { params: { path: { customerNo: customer.customerNo } } });
    const etag = seen.response.headers.get('ETag')!;
    const change = (name: string) => api.PUT('/api/v1/issuing/customer/{customerNo}', {
        params: { path: { customerNo: customer.customerNo }, header: { 'If-Match': etag } }, body: { type: 'Individual', name, surname: 'İnce' },
    });
    assert.equal(must(await change('First')).name, 'First');
    refused(await change('Second'), 409, 'COMMON:00004');
});

test('two who change a card at once', async () => {
    const api = await signed_in();
    const product = await make_product(api), customer = await make_customer(api);
    const { tokenId } = await make_active_card(api, product.code, customer.customerNo);
    const seen = await api.GET('/api/v1/issuing/card/{tokenId}', { params: { path: { tokenId } } });
    const change = (phoneNumber: string, etag: string) =>
        api.PUT('/api/v1/issuing/card/phone-number', { params: { header: { 'If-Match': etag } }, body: { tokenId, phoneNumber } });
    const first = await change('+905551112233', seen.response.headers.get('ETag')!);
    assert.equal(must(first).phoneNumber, '+905551112233');
    refused(await change('+905551112244', seen.response.headers.get('ETag')!), 409, 'COMMON:00004');
    assert.equal(must(await change('+905551112255', first.response.headers.get('ETag')!)).phoneNumber, '+905551112255');
    const now = await api.GET('/api/v1/issuing/card/{tokenId}/details', { params: { path: { tokenId } } });
    refused(await api.PUT('/api/v1/issuing/card/status', {
        params: { header: { 'If-Match': first.response.headers.get('ETag')! } }, body: { tokenId, status: 'Suspended', reason: 'CustomerRequest' },
    }), 409, 'COMMON:00004');
    must(await api.PUT('/api/v1/issuing/card/status', {
        params: { header: { 'If-Match': now.response.headers.get('ETag')! } }, body: { tokenId, status: 'Suspended', reason: 'CustomerRequest' },
    }));
});
