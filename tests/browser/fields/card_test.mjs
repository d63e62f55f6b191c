// web/fields/card.js: brands, lengths, grouping, check digit, expiry and where the caret goes.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { brand_of, caret_after, expiry_of, format_expiry, format_number, has_check_digit, is_expired, is_identity,
    is_number } from '../../../web/fields/card.js';

test('a brand is named by its prefix, and not before the whole prefix is there', () => {
    const named = { '4': 'visa', '51': 'mastercard', '55': 'mastercard', '56': '', '2221': 'mastercard', '2720': 'mastercard',
        '2220': '', '2721': '', '34': 'amex', '37': 'amex', '9792': 'troy', '9791': '', '65': 'troy', '6': '', '3528': 'jcb',
        '3589': 'jcb', '3590': '', '300': 'diners', '305': 'diners', '306': '', '3095': 'diners', '36': 'diners', '38': 'diners',
        '39': 'diners', '62': 'unionpay', '81': 'unionpay', '22': '', '': '', '0000': '' };
    for (const [digits, brand] of Object.entries(named)) assert.equal(brand_of(digits).id, brand, digits);
});

test('numbers are grouped as they are printed', () => {
    const printed = { '4111111111111111': '4111 1111 1111 1111', '378282246310005': '3782 822463 10005', '36227206271667': '3622 720627 1667',
        '4222222222222': '4222 2222 2222 2', '6200000000000000003': '6200 0000 0000 0000 003', '4': '4', '41112': '4111 2',
        '3782822': '3782 822', '': '' };
    for (const [digits, text] of Object.entries(printed)) assert.equal(format_number(digits), text);
});

test('whatever is pasted becomes the same text, and digits beyond the longest number fall off', () => {
    for (const pasted of ['9792030394440796', '9792-0303-9444-0796', ' 9792 0303 9444 0796\n', '9792.0303.9444.0796abc'])
        assert.equal(format_number(pasted), '9792 0303 9444 0796');
    assert.equal(format_number('55287900000000081234'), '5528 7900 0000 0008');
    assert.equal(format_number(format_number('378282246310005')), '3782 822463 10005');
});

test('a check digit, a length and a digit that is not 0 make a number', () => {
    for (const good of ['5528790000000008', '4546711234567894', '9792030394440796', '378282246310005', '3530111333300000',
        '36227206271667', '6200000000000005', '4222222222222']) assert.equal(is_number(good), true, good);
    for (const bad of ['5528790000000009', '9792030394440769', '37828224631000', '411111111111111', '0000000000000000', '', '4'])
        assert.equal(is_number(bad), false, bad);
    assert.equal(has_check_digit(''), false);
});

test('every wrong digit is found by the check digit', () => {
    const good = '4546711234567894';
    for (let at = 0; at < good.length; ++at)
        for (let digit = 0; digit < 10; ++digit)
            assert.equal(has_check_digit(good.slice(0, at) + digit + good.slice(at + 1)), good[at] === String(digit));
});

test('an expiry date may be typed, filled in or pasted', () => {
    const typed = { '1': '1', '12': '12', '123': '12/3', '1230': '12/30', '3': '03', '330': '03/30', '1/': '01/', '1/30': '01/30',
        '12/': '12/', '12/2030': '12/30', '12 / 30': '12/30', '122030': '12/30', '04-31': '04/31', '': '', 'x': '', '12/301': '12/30' };
    for (const [text, shown] of Object.entries(typed)) assert.equal(format_expiry(text), shown, text);
    assert.deepEqual(expiry_of('12/30'), { month: '12', year: '30' });
    for (const text of ['13/30', '00/30', '1/30', '12/3', '1230', '']) assert.equal(expiry_of(text), undefined, text);
});

test('a card is good to the end of its month', () => {
    const july = { month: '07', year: '31' };
    assert.equal(is_expired(july, new Date('2031-07-31T23:59:00Z')), false);
    assert.equal(is_expired(july, new Date('2031-08-02T00:00:00Z')), true);
    assert.equal(is_expired({ month: '12', year: '31' }, new Date('2031-12-31T23:00:00Z')), false);
    assert.equal(is_expired({ month: '01', year: '99' }, new Date('2031-07-01T00:00:00Z')), true);
});

// 10000000146 is the number that public examples use; 1234567890 keeps the tax number's rule.
test('identity and tax numbers have check digits', () => {
    for (const good of ['10000000146', '1234567890']) assert.equal(is_identity(good), true, good);
    for (const bad of ['10000000147', '10000000156', '20000000146', '1234567891', '00000000146', '0000000000', '123456789', '',
        '1000000014a']) assert.equal(is_identity(bad), false, bad);
    for (const good of ['10000000146', '1234567890'])
        for (let digit = 0; digit < 10; ++digit)
            assert.equal(is_identity(good.slice(0, -1) + digit), good.endsWith(String(digit)));
});

test('the caret stays behind the digit it was behind', () => {
    assert.equal(caret_after('4111 1111 11', 4), 4);
    assert.equal(caret_after('4111 1111 11', 5), 6);
    assert.equal(caret_after('4111', 9), 4);
    assert.equal(caret_after('4111', 0), 0);
});
