// What card numbers look like: brands, lengths, grouping, check digit, expiry. Pure: strings in, values out, no page.
// The first matching row of `brands` wins, so narrower prefixes stand first.

// Prefixes are [first, last] of equal length. Grouping is by brand; digits beyond the groups form a last group.
const brands = [
    { id: 'troy', name: 'Troy', prefixes: [['9792', '9792'], ['65', '65']], lengths: [16] },
    { id: 'amex', name: 'American Express', prefixes: [['34', '34'], ['37', '37']], lengths: [15], groups: [4, 6, 5], cvv_digits: 4 },
    { id: 'mastercard', name: 'Mastercard', prefixes: [['51', '55'], ['2221', '2720']], lengths: [16] },
    { id: 'visa', name: 'Visa', prefixes: [['4', '4']], lengths: [13, 16, 19] },
    { id: 'jcb', name: 'JCB', prefixes: [['3528', '3589']], lengths: [16, 17, 18, 19] },
    { id: 'diners', name: 'Diners Club', prefixes: [['300', '305'], ['3095', '3095'], ['36', '36'], ['38', '39']],
        lengths: [14, 16, 17, 18, 19], groups_of: { 14: [4, 6, 4] } },
    { id: 'unionpay', name: 'UnionPay', prefixes: [['62', '62'], ['81', '81']], lengths: [16, 17, 18, 19] },
].map((brand) => ({ groups: [4, 4, 4, 4], cvv_digits: 3, ...brand }));

// Any other number may be a card too: the server decides.
const unknown = { id: '', name: '', lengths: [12, 13, 14, 15, 16, 17, 18, 19], groups: [4, 4, 4, 4], cvv_digits: 3 };

export const digits_of = (text) => text.replace(/\D/g, '');

// A brand is named as soon as its whole prefix is there.
export function brand_of(digits) {
    const fits = ([first, last]) => {
        const head = digits.slice(0, first.length);
        return head.length === first.length && head >= first && head <= last;
    };
    return brands.find((brand) => brand.prefixes.some(fits)) ?? unknown;
}

export const digits_max = (brand) => brand.lengths[brand.lengths.length - 1];

// "4-4-4-4", "4-6-5": with blanks between the groups and none at the end.
export function format_number(text) {
    const all = digits_of(text);
    const brand = brand_of(all);
    const digits = all.slice(0, digits_max(brand));
    const parts = [];
    let at = 0;
    for (const size of brand.groups_of?.[digits.length] ?? brand.groups) {
        if (at < digits.length) parts.push(digits.slice(at, at + size));
        at += size;
    }
    if (at < digits.length) parts.push(digits.slice(at));
    return parts.join(' ');
}

// ISO/IEC 7812-1: every second digit from the right counts double.
export function has_check_digit(digits) {
    let sum = 0;
    for (let i = 0; i < digits.length; ++i) {
        const value = Number(digits[digits.length - 1 - i]) * (i % 2 ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
    }
    return digits.length > 0 && sum % 10 === 0;
}

export function is_number(digits) {
    return brand_of(digits).lengths.includes(digits.length) && has_check_digit(digits) && /[1-9]/.test(digits);
}

// "MM/YY" while it is typed or pasted: a first digit above 1 is a month of its own, a four-digit year loses its century.
export function format_expiry(text) {
    const [, lone] = /^\s*(\d)\s*[/.-]/.exec(text) ?? [];
    let digits = digits_of(text);
    if (lone || /^[2-9]/.test(digits)) digits = `0${digits}`;
    if (digits.length >= 6 && digits.slice(2, 4) === '20') digits = digits.slice(0, 2) + digits.slice(4);
    digits = digits.slice(0, 4);
    return digits.length > 2 || (digits.length === 2 && /\d\s*[/.-]\s*$/.test(text))
        ? `${digits.slice(0, 2)}/${digits.slice(2)}` : digits;
}

// {month: "01".."12", year: "00".."99"}, or nothing.
export function expiry_of(text) {
    const [, month, year] = /^(0[1-9]|1[0-2])\/(\d\d)$/.exec(text) ?? [];
    return month && { month, year };
}

// A card is good to the last day of its month, wherever that day ends last; nobody issues cards for twenty years ahead.
export function is_expired({ month, year }, now = new Date()) {
    const end = Date.UTC(2000 + Number(year), Number(month), 1, 12);
    return now.getTime() >= end || 2000 + Number(year) > now.getUTCFullYear() + 20;
}

// Turkish identity numbers have eleven digits, the last two of them check digits; tax numbers ten, the last a check digit.
export function is_identity(text) {
    const d = [...text].map(Number);
    if (/^[1-9]\d{10}$/.test(text)) {
        const odd = d[0] + d[2] + d[4] + d[6] + d[8], even = d[1] + d[3] + d[5] + d[7];
        return (odd * 7 - even + 100) % 10 === d[9] && (odd + even + d[9]) % 10 === d[10];
    }
    if (!/^\d{10}$/.test(text) || /^0+$/.test(text)) return false;
    const sum = d.slice(0, 9).reduce((all, digit, i) => {
        const shifted = (digit + 9 - i) % 10;
        const part = (shifted * 2 ** (9 - i)) % 9;
        return all + (shifted !== 0 && part === 0 ? 9 : part);
    }, 0);
    return (10 - (sum % 10)) % 10 === d[9];
}

// Where the caret stands after formatting: behind as many digits as before. `wanted` marks what counts as a character.
export function caret_after(formatted, count, wanted = /\d/) {
    let at = 0;
    for (; at < formatted.length && count > 0; ++at) if (wanted.test(formatted[at])) --count;
    return at;
}
