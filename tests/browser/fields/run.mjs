#!/usr/bin/env node
// The card form in a real browser, against the real server: node tests/browser/fields/run.mjs BINARY
// Merchant's page and vault are different sites, so the browser keeps them in different processes. CHROMIUM names
// another browser than Debian's.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';

import { find_secrets } from '../../functional/secret_forms.mjs';
import { open_shop } from './merchant.mjs';
import { heap_strings, watch } from './traces.mjs';
import { open_vault } from './vault.mjs';

const require = createRequire(new URL('../../../tools/npm/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

// Cards of the published documentation, with a name that is found nowhere by chance.
const card = { name: 'Ayşegül Kavuştuoğlu', number: '5528790000000008', shown: '5528 7900 0000 0008', expiry: '1230', cvv: '739' };
const amex = { name: 'Ayse Yilmaz', number: '378282246310005', shown: '3782 822463 10005', expiry: '0931', cvv: '7391' };
const patience_ms = 30_000;

let vault, vault_is_open = false, shop, stranger, browser, context, integrity, short_lived;

before(async () => {
    shop = await open_shop();
    stranger = await open_shop();
    vault = await open_vault(process.argv[2], [shop.origin]);
    vault_is_open = true;
    short_lived = { token: await vault.temp_token(1), ends: Date.now() + 62_000 };
    ({ integrity } = await (await fetch(`${vault.url}/paywall/fields/v1/integrity`)).json());
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-dev-shm-usage'] });
    context = await browser.newContext();
    context.setDefaultTimeout(patience_ms);
});

after(async () => {
    await browser?.close();
    await shop?.close();
    await stranger?.close();
    if (vault_is_open) await vault.stop();
});

// A merchant's page with the form; {page, form, watched, options, requests}.
async function checkout(wishes = {}, { at = shop, is_ready = true, in_context = context, hash = integrity } = {}) {
    const page = await in_context.newPage();
    const watched = watch(in_context, page);
    const cards = [];
    page.on('request', (request) => {
        if (request.url().endsWith('/api/paywall/tempcard') && request.method() === 'POST') cards.push(request.postDataJSON());
    });
    const options = { merchant: vault.merchant, token: wishes.token ?? await vault.temp_token(10), locale: 'tr', cardType: 'ECom', ...wishes };
    await page.goto(at.url({ vault: vault.url, integrity: hash, options }));
    if (is_ready) await page.waitForSelector('body[data-ready]', { timeout: patience_ms });
    const form = page.frameLocator('#card iframe');
    return { page, form, watched, cards, field: (name) => form.locator(`#${name}`),
        error: async (name) => form.locator(`#${name}-error`).textContent(),
        outcome: async (count = 1) => {
            await page.waitForFunction((n) => window.outcomes.length >= n, count, { timeout: patience_ms });
            return page.evaluate(() => window.outcomes.at(-1));
        } };
}

async function type_card(page, { name, number, expiry, cvv }) {
    for (const text of [name, number, expiry, cvv]) {
        await page.keyboard.press('Tab');
        await page.keyboard.type(text);
    }
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

test('a card is typed with the keyboard alone, and the token that comes back can be used once', async () => {
    const { page, form, field, cards, outcome } = await checkout();
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'before');
    await type_card(page, card);
    assert.equal(await field('number').inputValue(), card.shown);
    assert.equal(await field('expiry').inputValue(), '12/30');
    assert.equal(await form.locator('.brand').textContent(), 'Mastercard kart');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'pay', 'the form lets the focus go on');
    await page.keyboard.press('Enter');
    const answer = await outcome();
    assert.match(answer.cardToken ?? JSON.stringify(answer), guid);
    assert.ok(Date.parse(answer.expiryDateTime) > Date.now());
    assert.deepEqual([answer.brand, answer.bin, answer.lastFour], ['mastercard', '552879', '0008']);
    assert.deepEqual(cards, [{ CardType: 1, CardOwnerName: card.name, ExpiryMin: 30, CardNumber: card.number, CardCvv: card.cvv,
        CardExpiryMonth: '12', CardExpiryYear: '30' }]);
    const stored = await vault.store(answer.cardToken);
    assert.equal(stored.Result, true, JSON.stringify(stored));
    assert.deepEqual([stored.Body.CardBin, stored.Body.CardLastFour, stored.Body.Month, stored.Body.Year], ['552879', '0008', 12, 2030]);
    assert.equal((await vault.store(answer.cardToken)).Result, false, 'a second use');
    await page.close();
});

test('nothing of the card reaches the page that embeds the form', async () => {
    const { page, watched, outcome } = await checkout();
    await page.keyboard.press('Tab');
    await type_card(page, card);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    assert.match((await outcome()).cardToken, guid);

    const secrets = [{ name: 'PAN', text: card.number }, { name: 'PAN as shown', text: card.shown },
        { name: 'most of the PAN', text: card.number.slice(0, 12) }, { name: 'the holder', text: card.name }];
    const places = await watched.places();
    assert.deepEqual(find_secrets(places, secrets), []);
    // A heap has every number of three digits; what leads there has not.
    const code = new RegExp(`(?<![\\w.-])${card.cvv}(?![\\w.-])`);
    for (const { where, text } of places) if (where !== 'heap') assert.doesNotMatch(text, code, `the CVV in ${where}`);
    // The same search finds them where they are: in the vault's page. And the spy sees what does come: states, the token.
    const frame = page.frames().find((one) => one.url().includes('/paywall/fields/v1/frame'));
    const strings = await heap_strings(context, frame);
    const inside = [{ where: 'frame', bytes: Buffer.from(strings.join('\n')) }];
    for (const secret of [secrets[1], secrets[3]]) assert.ok(find_secrets(inside, [secret]).length > 0, `the search finds ${secret.name}`);
    assert.match(`"${card.cvv}"`, code);
    const seen = places.find(({ where }) => where === 'seen').text;
    for (const what of ['port in {"type":"ready"', 'port in {"type":"change"', 'port in {"type":"result"', 'port out {"type":"submit"'])
        assert.ok(seen.includes(what), what);
    assert.doesNotMatch(seen, /^(keydown|input|beforeinput)[^\n]*[0-9]/m, 'keys of the form are not keys of the page');
    await page.close();
});

test('clicks in a row and calls in a row give one token', async () => {
    const { page, cards } = await checkout();
    await page.keyboard.press('Tab');
    await type_card(page, card);
    const answers = await page.evaluate(async () => {
        const first = await Promise.all([window.form.submit(), window.form.submit(), window.form.submit()]);
        return [...first, await window.form.submit()];
    });
    await page.locator('#pay').dblclick();
    await page.waitForFunction(() => window.outcomes.length === 2);
    answers.push(...await page.evaluate(() => window.outcomes));
    assert.equal(new Set(answers.map((answer) => answer.cardToken)).size, 1);
    assert.equal(cards.length, 1);
    // Another card is another token.
    await page.evaluate(() => window.form.clear());
    await page.evaluate(() => window.form.focus());
    await page.waitForFunction(() => document.activeElement.tagName === 'IFRAME');
    await page.keyboard.type(amex.name);
    for (const text of [amex.number, amex.expiry, amex.cvv]) {
        await page.keyboard.press('Tab');
        await page.keyboard.type(text);
    }
    const other = await page.evaluate(() => window.form.submit());
    assert.notEqual(other.cardToken, answers[0].cardToken);
    assert.equal(cards[1].CardNumber, amex.number);
    await page.close();
});

test('the form appears on the merchant\'s origins alone', async () => {
    const { page, watched } = await checkout({}, { at: stranger, is_ready: false });
    const refused = page.evaluate(() => window.form.submit().catch((error) => error.code));
    await page.waitForSelector('body[data-error]');
    assert.equal(await page.getAttribute('body', 'data-error'), 'unavailable');
    assert.equal(await refused, 'unavailable');
    assert.equal(await page.evaluate(() => window.form.submit().catch((error) => error.code)), 'unavailable', 'also afterwards');
    assert.ok(watched.said.some((line) => /frame-ancestors/.test(line)), 'the browser refused it by the page\'s policy');
    await page.close();
});

test('without its policy, as a careless proxy would leave it, the page still obeys no stranger', async () => {
    const page = await context.newPage();
    await page.route('**/paywall/fields/v1/frame?*', async (route) => {
        const response = await route.fetch();
        const { 'content-security-policy': policy, ...headers } = response.headers();
        assert.match(policy, /frame-ancestors/);
        await route.fulfill({ response, headers });
    });
    const options = { merchant: vault.merchant, token: await vault.temp_token(10), locale: 'tr' };
    await page.goto(stranger.url({ vault: vault.url, integrity, options }));
    const frame = page.frameLocator('#card iframe');
    await frame.locator('meta[name=takas-parents]').waitFor({ state: 'attached' });
    await page.waitForSelector('body[data-error=unavailable]');
    assert.equal(await frame.locator('form').count(), 0);
    await page.close();
});

test('an unknown merchant\'s form appears nowhere', async () => {
    for (const merchant of ['00000000-0000-4000-8000-000000000000', 'x']) {
        const answer = await fetch(`${vault.url}/paywall/fields/v1/frame?merchant=${merchant}`);
        assert.equal(answer.status, 200);
        assert.match(answer.headers.get('content-security-policy'), /frame-ancestors 'none'$/);
    }
});

test('the vault\'s page takes orders from its embedding page alone, and once', async () => {
    const { page, form, field, cards } = await checkout();
    // As a page of its own it hears nothing, whoever speaks.
    const alone = await context.newPage();
    await alone.goto(`${vault.url}/paywall/fields/v1/frame?merchant=${vault.merchant}`);
    await alone.evaluate(() => {
        window.postMessage({ takas: 'fields/1', type: 'open', token: 'x'.repeat(36), locale: 'en' }, '*', [new MessageChannel().port2]);
    });
    await alone.waitForTimeout(300);
    assert.equal(await alone.locator('form').count(), 0);
    await alone.close();
    // Nor from a window beside its embedding one, of the same origin.
    await page.evaluate(async (url) => {
        const inner = document.createElement('iframe'), sibling = document.createElement('iframe');
        sibling.name = 'sibling';
        inner.name = 'inner';
        inner.src = url;
        document.body.append(sibling, inner);
        await new Promise((resolve) => inner.addEventListener('load', resolve));
    }, `${vault.url}/paywall/fields/v1/frame?merchant=${vault.merchant}`);
    const opening = (locale) => ({ takas: 'fields/1', type: 'open', token: 'x'.repeat(36), locale });
    await page.frame('sibling').evaluate((what) => window.parent.frames.inner.postMessage(what, '*', [new MessageChannel().port2]), opening('en'));
    await page.waitForTimeout(300);
    assert.equal(await page.frame('inner').locator('form').count(), 0);
    await page.evaluate((what) => window.frames.inner.postMessage(what, '*', [new MessageChannel().port2]), opening('tr'));
    await page.frame('inner').locator('form').waitFor();
    // A second opening, or a command beside the channel, changes nothing.
    await page.evaluate(() => {
        const { contentWindow } = document.querySelector('#card iframe');
        contentWindow.postMessage({ takas: 'fields/1', type: 'open', token: 'x'.repeat(36), locale: 'en', cardType: 'Insurance' }, '*',
            [new MessageChannel().port2]);
        contentWindow.postMessage({ type: 'submit', id: 1 }, '*');
    });
    await page.waitForTimeout(300);
    assert.equal(await form.locator('form').count(), 1);
    assert.equal(await field('number').count(), 1);
    assert.equal(cards.length, 0);
    await page.close();
});

test('a changed script is not run', async () => {
    const { page } = await checkout({}, { is_ready: false, hash: `sha384-${'A'.repeat(64)}` });
    await page.waitForSelector('body[data-error]');
    assert.equal(await page.getAttribute('body', 'data-error'), 'no script');
    await page.close();
});

const names = {
    tr: ['Kart üzerindeki ad soyad', 'Kart numarası', 'Son kullanma tarihi', 'Güvenlik kodu'],
    en: ['Name on card', 'Card number', 'Expiry date', 'Security code'],
};
const empties = {
    tr: ['Kart üzerindeki adı girin.', 'Kart numarasını girin.', 'Son kullanma tarihini girin.', 'Güvenlik kodunu girin.'],
    en: ['Enter the name on the card.', 'Enter the card number.', 'Enter the expiry date.', 'Enter the security code.'],
};

for (const locale of ['tr', 'en'])
    test(`what a screen reader hears, and what axe finds: ${locale}`, async () => {
        const { page, form, field, error, outcome } = await checkout({ locale });
        const frame = page.frames().find((one) => one.url().includes('/paywall/fields/v1/frame'));
        // A heading and a landmark are the embedding page's; the form is looked at by itself.
        const of_pages = Object.fromEntries(['landmark-one-main', 'page-has-heading-one'].map((rule) => [rule, { enabled: false }]));
        const violations = async () => {
            const found = [];
            for (const [one, rules] of [[page.mainFrame(), {}], [frame, of_pages]]) {
                await one.evaluate(axe);
                const { violations: all, passes } = await one.evaluate((wishes) => window.axe.run(document, { iframes: false, rules: wishes }), rules);
                assert.ok(passes.length > 5, 'axe looked at something');
                found.push(...all.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`));
            }
            return found;
        };
        assert.equal(await frame.evaluate(() => document.documentElement.lang), locale);
        assert.equal(await page.locator('#card iframe').getAttribute('title'), locale === 'tr' ? 'Kart bilgileri' : 'Card details');
        for (const [i, id] of ['owner', 'number', 'expiry', 'cvv'].entries()) {
            const box = form.getByRole('textbox', { name: names[locale][i], exact: true });
            assert.equal(await box.getAttribute('id'), id);
            assert.equal(await box.getAttribute('aria-required'), 'true');
            assert.equal(await box.getAttribute('aria-invalid'), 'false');
        }
        assert.deepEqual(await violations(), []);

        await page.locator('#pay').click();
        assert.equal((await outcome()).code, 'invalid');
        assert.equal(await frame.evaluate(() => document.activeElement.id), 'owner', 'the focus is on what is wrong');
        for (const [i, id] of ['owner', 'number', 'expiry', 'cvv'].entries()) {
            assert.equal(await field(id).getAttribute('aria-invalid'), 'true');
            assert.equal(await error(id), empties[locale][i]);
            assert.ok((await field(id).getAttribute('aria-describedby')).split(' ').includes(`${id}-error`));
        }
        assert.match(await form.getByRole('status').textContent(), locale === 'tr' ? /kontrol edin/ : /attention/);
        const tree = await frame.locator('body').ariaSnapshot();
        for (const name of names[locale]) assert.ok(tree.includes(`textbox "${name}"`), `${name} in\n${tree}`);
        assert.deepEqual(await violations(), []);

        // What was put right is right at once.
        await field('number').pressSequentially(card.number);
        assert.equal(await error('number'), '');
        assert.equal(await field('number').getAttribute('aria-invalid'), 'false');
        await page.close();
    });

test('fields say what they are to browsers, keyboards and password managers', async () => {
    const { page, field } = await checkout();
    const wanted = { owner: ['cc-name', null], number: ['cc-number', 'numeric'], expiry: ['cc-exp', 'numeric'], cvv: ['cc-csc', 'numeric'] };
    for (const [id, [autocomplete, inputmode]] of Object.entries(wanted)) {
        assert.equal(await field(id).getAttribute('autocomplete'), autocomplete);
        assert.equal(await field(id).getAttribute('inputmode'), inputmode);
    }
    await page.close();
});

test('American Express: 4-6-5 and four digits of security code', async () => {
    const { page, field, form, error, cards, outcome } = await checkout({ locale: 'en' });
    await field('owner').fill(amex.name);
    await field('number').pressSequentially(amex.number);
    assert.equal(await field('number').inputValue(), amex.shown);
    assert.equal(await form.locator('#cvv-hint').textContent(), '4 digits on the front of the card');
    await field('expiry').pressSequentially('931');
    assert.equal(await field('expiry').inputValue(), '09/31');
    await field('cvv').pressSequentially('739');
    await field('cvv').press('Enter');
    assert.equal((await outcome()).code, 'invalid');
    assert.equal(await error('cvv'), 'The security code has 4 digits.');
    await field('cvv').pressSequentially('19');
    assert.equal(await field('cvv').inputValue(), '7391', 'not more than four');
    await field('cvv').press('Enter');
    const answer = await outcome(2);
    assert.match(answer.cardToken ?? JSON.stringify(answer), guid);
    assert.equal(cards[0].CardNumber, amex.number);
    await page.close();
});

test('the caret stays where the person is; pasting and deleting do what is meant', async () => {
    const { page, field } = await checkout();
    const number = field('number');
    const caret = () => number.evaluate((input) => input.selectionStart);
    await number.pressSequentially('411111');
    assert.deepEqual([await number.inputValue(), await caret()], ['4111 11', 7]);
    await number.evaluate((input) => input.setSelectionRange(2, 2));
    await page.keyboard.type('9');
    assert.deepEqual([await number.inputValue(), await caret()], ['4191 111', 3]);
    await page.keyboard.press('Backspace');
    assert.deepEqual([await number.inputValue(), await caret()], ['4111 11', 2]);
    await number.evaluate((input) => input.setSelectionRange(5, 5));
    await page.keyboard.press('Backspace');
    assert.deepEqual([await number.inputValue(), await caret()], ['4111 1', 3]);
    await number.evaluate((input) => input.setSelectionRange(4, 4));
    await page.keyboard.press('Delete');
    assert.equal(await number.inputValue(), '4111');
    await number.fill('');
    await number.evaluate((input) => {
        input.focus();
        document.execCommand('insertText', false, ' 9792-0303-9444-0796\n');
    });
    assert.equal(await number.inputValue(), '9792 0303 9444 0796');
    const expiry = field('expiry');
    await expiry.pressSequentially('1230');
    for (const left of ['12/3', '12', '1', '']) {
        await expiry.press('Backspace');
        assert.equal(await expiry.inputValue(), left);
    }
    await expiry.fill('12/2030');  // as browsers fill it in
    assert.equal(await expiry.inputValue(), '12/30');
    await page.close();
});

test('insurance: eight digits, four digits and whose card it is; no American Express', async () => {
    const { page, field, error, cards, outcome } = await checkout({ cardType: 'Insurance', locale: 'en', expiryMin: 5 });
    assert.equal(await field('cvv').count(), 0);
    await field('owner').fill(card.name);
    await field('first').pressSequentially('37828224');
    await field('last').pressSequentially('0005');
    await field('identity').pressSequentially('10000000147');
    await field('identity').press('Enter');
    assert.equal((await outcome()).code, 'invalid');
    assert.equal(await error('first'), 'American Express cards cannot be used here.');
    assert.match(await error('identity'), /not right/);
    await field('first').fill('55287900');
    await field('last').fill('0008');
    await field('identity').fill('10000000146');
    await field('identity').press('Enter');
    const answer = await outcome(2);
    assert.match(answer.cardToken ?? JSON.stringify(answer), guid);
    assert.deepEqual(cards, [{ CardType: 2, CardOwnerName: card.name, ExpiryMin: 5, CardNoFirst: '55287900', CardNoLast: '0008',
        IdentityNumber: '10000000146' }]);
    await page.close();
});

test('without a connection the person is told so, and can try again', async () => {
    const { page, form, cards, outcome } = await checkout({ locale: 'en' });
    await page.keyboard.press('Tab');
    await type_card(page, card);
    await page.route('**/api/paywall/tempcard', (route) => route.abort('connectionfailed'));
    await page.keyboard.press('Enter');
    assert.equal((await outcome()).code, 'network');
    assert.equal(await form.getByRole('status').textContent(), 'There is no connection. Nothing was charged; try again.');
    await page.unroute('**/api/paywall/tempcard');
    await page.keyboard.press('Enter');
    assert.match((await outcome(2)).cardToken, guid);
    assert.equal(cards.length, 2);
    await page.close();
});

test('a merchant may choose words and colours, and nothing else', async () => {
    const { page, form, field } = await checkout({ labels: { number: 'Kart no', expiry: 'x'.repeat(61), unknown: 'y' },
        style: { textColor: '#123456', fontSize: '18px', backgroundColor: 'url(https://evil.example/)', font: 'serif', errorColor: 'red;}' } });
    assert.equal(await form.locator('label[for=number]').textContent(), 'Kart no');
    assert.equal(await form.locator('label[for=expiry]').textContent(), 'Son kullanma tarihi');
    const look = await field('number').evaluate((input) => {
        const style = getComputedStyle(input);
        return [style.color, style.fontSize, style.backgroundColor, style.fontFamily];
    });
    assert.deepEqual(look, ['rgb(18, 52, 86)', '18px', 'rgb(255, 255, 255)', 'Georgia, serif']);
    await page.close();
});

test('high contrast and reduced motion are respected', async () => {
    const wishes = await browser.newContext({ forcedColors: 'active', reducedMotion: 'reduce' });
    const { page, field } = await checkout({}, { in_context: wishes });
    await field('number').focus();
    const look = await field('number').evaluate((input) => {
        const style = getComputedStyle(input);
        return [style.outlineStyle, style.outlineWidth, style.transitionDuration];
    });
    assert.deepEqual(look, ['solid', '3px', '0s']);
    await wishes.close();
});

test('headers: the page may be embedded by the shop alone and keeps to itself; what may be kept is kept', async () => {
    const frame = await fetch(`${vault.url}/paywall/fields/v1/frame?merchant=${vault.merchant}`);
    assert.equal(frame.headers.get('content-security-policy'), "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
        `base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; frame-ancestors ${shop.origin}`);
    assert.equal(frame.headers.get('referrer-policy'), 'no-referrer');
    assert.equal(frame.headers.get('cache-control'), 'no-store');
    assert.equal(frame.headers.get('x-content-type-options'), 'nosniff');
    const text = await frame.text();
    assert.doesNotMatch(text, /<script(?![^>]*\bsrc=)|\son\w+=|<style/, 'nothing inline');
    const files = /(\/paywall\/fields\/v1\/[0-9a-f]{16})\/frame\.css/.exec(text)[1];
    for (const path of [`${files}/frame.js`, `${files}/frame.css`, '/paywall/fields/v1/takas-fields.js']) {
        const file = await fetch(vault.url + path);
        assert.deepEqual([file.status, file.headers.get('cache-control')], [200, 'public, max-age=31536000, immutable'], path);
        assert.equal(file.headers.get('x-content-type-options'), 'nosniff');
    }
    assert.equal((await fetch(`${vault.url}/paywall/fields/v1/0000000000000000/frame.js`)).status, 404);
    assert.equal((await fetch(`${vault.url}${files}/..%2fcard.js`)).status, 404);
});

test('the form\'s page breaks none of its own rules', async () => {
    const { page, watched, outcome } = await checkout();
    await page.keyboard.press('Tab');
    await type_card(page, card);
    await page.keyboard.press('Enter');
    await outcome();
    assert.deepEqual(watched.said, []);
    await page.close();
});

test('a token that has run out is asked for again without typing anew', async () => {
    const { page, form, outcome } = await checkout({ token: short_lived.token, locale: 'en' });
    await page.keyboard.press('Tab');
    await type_card(page, card);
    await page.waitForTimeout(Math.max(0, short_lived.ends - Date.now()));
    await page.keyboard.press('Enter');
    assert.equal((await outcome()).code, 'token');
    assert.match(await form.getByRole('status').textContent(), /open for too long/);
    await page.evaluate((token) => window.form.setToken(token), await vault.temp_token(10));
    await page.keyboard.press('Enter');
    assert.match((await outcome(2)).cardToken, guid);
    await page.close();
});

// Last: it ends the server.
test('the server wrote down no card', async () => {
    vault_is_open = false;
    const left = await vault.stop();
    assert.ok(left.some(({ where, bytes }) => where === 'log' && bytes.includes('createTempCard')), 'the log tells of the calls');
    assert.deepEqual(find_secrets(left, [card, amex].map(({ number }) => ({ name: 'PAN', text: number }))), []);
});
