// The contract test must fail when it should: doctored transcripts against a small document.

import assert from 'node:assert';
import test from 'node:test';

import { problems_of } from './contract.mjs';

const json = (schema) => ({ description: 'x', content: { 'application/json': { schema } } });
const document = {
    openapi: '3.1.0',
    paths: {
        '/thing/{id}': {
            get: { operationId: 'getThing', responses: { 200: json({ $ref: '#/components/schemas/Thing' }),
                404: json({ $ref: '#/components/schemas/Error' }) } },
            delete: { operationId: 'deleteThing', responses: { 204: { description: 'gone' } } },
        },
        '/thing/special': { get: { operationId: 'getSpecial', responses: { 200: json({ type: 'object' }) } } },
    },
    components: {
        schemas: {
            Thing: { type: 'object', required: ['id'], properties: { id: { type: 'integer', format: 'int64' },
                on: { type: ['string', 'null'], format: 'date' } } },
            Error: { type: 'object', required: ['error'], properties: { error: { type: 'object', required: ['code'],
                properties: { code: { type: 'string' }, message: { type: 'string' } } } } },
        },
        examples: { 'CARD-00001': {} },
    },
};
const call = (method, path, status, body) =>
    ({ scenario: 's', method, path, status, contentType: body === undefined ? '' : 'application/json',
        body: body === undefined ? '' : JSON.stringify(body) });
const good = [
    call('GET', '/thing/1', 200, { id: 1, on: '2031-03-01' }),
    call('GET', '/thing/2', 404, { error: { code: 'CARD:00001', message: 'none' } }),
    call('GET', '/thing/special', 200, {}),
    call('DELETE', '/thing/1', 204),
    call('GET', '/nothing', 404, { error: { code: 'CARD:00001', message: 'none' } }),
];
const problems = (calls, exceptions = new Map()) => problems_of(document, calls, exceptions);
const with_call = (index, changed) => good.map((one, i) => (i === index ? { ...one, ...changed } : one));

test('a right transcript has no problems', () => assert.deepEqual(problems(good), []));

for (const [what, calls] of [
    ['a missing member', with_call(0, { body: '{"on":null}' })],
    ['a wrong type', with_call(0, { body: '{"id":"1"}' })],
    ['a wrong format', with_call(0, { body: '{"id":1,"on":"yesterday"}' })],
    ['a member that is not described', with_call(0, { body: '{"id":1,"more":1}' })],
    ['a status that is not described', with_call(1, { status: 409 })],
    ['another content type', with_call(0, { contentType: 'text/html' })],
    ['a body that is no JSON', with_call(0, { body: '<html>' })],
    ['a body where none belongs', with_call(3, { body: '{}' })],
    ['an unknown path without envelope', with_call(4, { body: '{}' })],
    ['an operation without success', good.filter((one) => one.path !== '/thing/special')],
])
    test(`finds ${what}`, () => assert.equal(problems(calls).length, 1, String(problems(calls))));

test('finds an error that nobody provokes, and takes an exception', () => {
    const calls = good.filter((one) => one.status < 400);
    assert.equal(problems(calls).length, 1);
    assert.deepEqual(problems(calls, new Map([['CARD:00001', 'because']])), []);
    assert.equal(problems(good, new Map([['CARD:00001', 'because']])).length, 1);
});
