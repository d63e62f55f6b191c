// What the tests start from: a product of their own, a customer, a card.

import { fresh, lira, must, type Api, type Schemas } from './client.js';

export async function make_product(api: Api, more: Partial<Schemas['CreateCardProductDto']> = {}) {
    const bins = must(await api.GET('/api/v1/issuing/card-bin', { params: { query: { maxResultCount: 10 } } }));
    const bin = bins.items.find((item) => item.brand === 'Troy')!;
    const [range] = must(await api.GET('/api/v1/issuing/card-bin-range', { params: { query: { binId: bin.id } } }));
    return must(await api.POST('/api/v1/issuing/card-product', {
        body: {
            code: fresh('P'), name: 'Integrator', cardDci: bin.cardDci, brand: bin.brand, binRangeId: range.id, currency: lira, validityPeriodMonths: 36,
            physicals: [{ physicalType: 'Virtual', isDefault: true }, { physicalType: 'Emv', serviceCode: '201' }], ...more,
        },
    }));
}

export const make_customer = async (api: Api, more: Partial<Schemas['CreateCustomerDto']> = {}) =>
    must(await api.POST('/api/v1/issuing/customer', { body: { type: 'Individual', customerNo: fresh('C'), name: 'Işıl', surname: 'İnce', ...more } }));

export async function make_active_card(api: Api, cardProductCode: string, customerNo: string) {
    const card = must(await api.POST('/api/v1/issuing/card', { body: { cardProductCode, customerNo, productType: 'Virtual' } }));
    must(await api.PUT('/api/v1/issuing/card/status', { body: { tokenId: card.tokenId, status: 'Active', reason: 'CustomerRequest' } }));
    return card;
}

export const load = async (api: Api, accountId: number, amount: number) =>
    must(await api.POST('/api/v1/issuing/account/{accountId}/load', { params: { path: { accountId } }, body: { amount, currency: lira, reference: fresh('L') } }));
