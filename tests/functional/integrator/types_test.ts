// The compiler itself is tested here: each line marked would be an error if the document were as loose as `any`.

import { test } from 'node:test';
import { signed_in } from './client.js';

test('what the document does not have does not compile', async () => {
    const api = await signed_in();
    // @ts-expect-error: no such path
    await api.GET('/api/v1/issuing/customers');
    // @ts-expect-error: surnames is no field
    await api.POST('/api/v1/issuing/customer', { body: { type: 'Individual', customerNo: 'x', name: 'A', surnames: 'B' } });
    // @ts-expect-error: no such status
    await api.PUT('/api/v1/issuing/card/status', { body: { tokenId: 1, status: 'Sleeping', reason: 'CustomerRequest' } });
});
