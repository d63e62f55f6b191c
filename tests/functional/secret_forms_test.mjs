// The forms against encoders that are not ours.

import assert from 'node:assert';
import test from 'node:test';

import { find_secrets, forms_of } from './secret_forms.mjs';

const number = '5200000000000007';
const secrets = [{ name: 'number', text: number }];
const found = (bytes) => find_secrets([{ where: 'here', bytes: Buffer.from(bytes) }], secrets);

for (const [what, bytes] of [
    ['plain', `card ${number}.`],
    ['blanks', '5200 0000 0000 0007'],
    ['dashes', '5200-0000-0000-0007'],
    ['packed', [1, 0x52, 0, 0, 0, 0, 0, 0, 7, 2]],
    ['hex', Buffer.from(number).toString('hex')],
    ['UTF-16', Buffer.from(number, 'utf16le')],
    ...['', 'x', 'xy', 'xyz'].map((before) => [`base64 behind ${before.length}`,
        Buffer.from(`${before}${number} and more`).toString('base64')]),
    ['base64url', Buffer.from(`ab${number}`).toString('base64url')],
])
    test(`finds ${what}`, () => assert.ok(found(bytes).length > 0));

test('finds nothing in what is masked', () => assert.deepEqual(found('520000**0007 52000000****0007'), []));
test('leaves out what is too short to mean anything', () => assert.ok(forms_of('1234').every((f) => f.bytes.length >= 6)));
