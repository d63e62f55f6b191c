#!/usr/bin/env node
// The secret scan: node tests/functional/secret_scan.mjs BINARY. Does with a real server what institutions do - and what
// they do wrong - with known card numbers, PINs, CVV2s and passwords, and then looks for them in all forms in the log,
// the data folder, the answers and what the webhook receiver got. Only card-info may answer them. A planted secret of
// each form shows that the scan can fail.

import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

import { Client, make_card, start, temporary_folder } from '../../tools/contract/server.mjs';
import { find_secrets, forms_of } from './secret_forms.mjs';

const webhook_patience_ms = 10_000;
const secrets = [
    { name: 'the PIN', text: '407316925841' },
    { name: 'the PIN block', text: '9C3E1F70A5B2D864' },
    { name: 'the CVV2 field', text: '"cvv2":"8271"' },
    { name: 'the cryptogram', text: 'AJkBBxkVUgAAAAAHYUmRgA' },
    { name: 'the chip data', text: '9F2608C2C12B098F3DA6E39F2701809F10120110A5000300' },
    { name: 'the webhook password', text: 'hook-canary-password' },
    { name: 'a user\'s password', text: 'canary-of-a-password' },
];
const places = [];
const keep = (where, text) => places.push({ where, bytes: Buffer.from(text) });

const receiver = http.createServer((request, answer) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
        const headers = Object.entries(request.headers).filter(([name]) => name !== 'authorization');
        keep('a webhook', Buffer.concat([Buffer.from(JSON.stringify(headers)), ...chunks]));
        answer.writeHead(204).end();
    });
});
await new Promise((resolve) => receiver.listen(0, '127.0.0.1', resolve));
const received = () => places.filter((place) => place.where === 'a webhook').length;

const folder = temporary_folder();
const data = path.join(folder, 'data'), log = path.join(folder, 'log');
const server = await start(process.argv[2], data, log, ['--log-level', 'debug', '--log-requests']);
const client = new Client(server.port), operator = new Client(server.port);

// The answers whose purpose is to show a secret of a test card.
const shows_secrets = /\/(card-info|pin-block|clear-pin)$/;

async function ask(who, method, target, body) {
    const answer = await who.ask(method, target, body);
    if (!shows_secrets.test(target)) keep(`the answer of ${method} ${target}`, answer.text);
    return answer;
}

const must = (answer, what) => {
    if (answer.status !== 200) throw new Error(`${what}: ${answer.status} ${answer.text}`);
    return answer.body;
};

const purchase = { transactionCode: 'Purchase', transactionAmount: 1.5, transactionCurrency: 949, posEntryMode: 'ECommerce',
    mcc: 5411, pin: '407316925841', cvv2: '8271', cavv: 'AJkBBxkVUgAAAAAHYUmRgA',
    emvData: '9F2608C2C12B098F3DA6E39F2701809F10120110A5000300' };

async function make_users() {
    await client.sign_in();
    await operator.sign_in('operator');
    const tenants = must(await ask(operator, 'GET', '/api/v1/system/tenant?code=demo'), 'tenants');
    await ask(operator, 'POST', '/api/v1/system/user', { tenantId: tenants.items[0].id, userName: 'canary',
        password: 'canary-of-a-password', roles: ['viewer'] });
    for (const password of ['canary-of-a-password', 'canary-of-a-password-but-wrong'])
        await client.ask('POST', '/connect/token', { grant_type: 'password', username: 'canary', password, client_id: 'demo' });
    must(await ask(client, 'POST', '/api/v1/issuing/webhook', { eventNames: ['*'],
        url: `http://127.0.0.1:${receiver.address().port}/hook`, authenticationType: 'Basic', userName: 'hook',
        password: 'hook-canary-password' }), 'webhook');
}

// What goes right, what is declined, and what is wrong in a way that tempts a server to quote it.
async function use_card(number, token_id, expiry) {
    const track2 = `${number}D${expiry}20100000${'7'.repeat(3)}`;
    secrets.push({ name: 'track 2', text: track2 });
    const by_number = { ...purchase, cardNo: number, expireDate: expiry, track2 };
    const all = [by_number, { ...by_number, transactionAmount: 1e6 }, { ...purchase, tokenId: token_id },
        { ...by_number, expireDate: 3001 }, { ...by_number, cardNo: number.slice(0, 15) + ((Number(number[15]) + 1) % 10) },
        { ...by_number, cardNo: Number(number) }, { ...by_number, [number]: 1 }, { ...by_number, mcc: number },
        { ...by_number, pin: 407316925841 }, { ...by_number, pin: undefined, pinBlock: '9C3E1F70A5B2D864' }, { ...by_number, cvv2: ['8271'] }, { ...by_number, transactionCode: number },
        { ...by_number, stan: '000001', localTransactionTime: '2031-03-01T10:00:00Z' }];
    for (const body of all) await ask(client, 'POST', '/api/v1/sandbox/transaction', body);
    await client.ask('POST', '/api/v1/sandbox/transaction', all[0], { 'Idempotency-Key': `key-${token_id}` });
    await client.ask('POST', '/api/v1/sandbox/transaction', all[0], { 'Idempotency-Key': number });
    await ask(client, 'POST', '/api/v1/sandbox/transaction', JSON.stringify(by_number).slice(0, -1));
    await ask(client, 'POST', '/api/v1/sandbox/transaction', `${JSON.stringify(by_number)} ${number}`);
    await client.ask('GET', `/api/v1/issuing/card/${number}`);
    await client.ask('GET', `/api/v1/issuing/card?tokenId=${number}`);
    await client.ask('GET', `/api/v1/issuing/customer/${number}`);
}

// As an institution's own system: exchanges keys, unwraps them, and reads with them what is meant for it.
async function exchange_keys() {
    const { publicKey, privateKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
    const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    const keys = {};
    for (const keyType of ['Zpk', 'Dek']) {
        const answer = must(await ask(client, 'POST', '/api/v1/issuing/integration/key-exchange', { keyType, publicKey: spki }), keyType);
        keys[keyType] = crypto.privateDecrypt({ key: privateKey, oaepHash: 'sha256',
            padding: crypto.constants.RSA_PKCS1_OAEP_PADDING }, Buffer.from(answer.encryptedKey, 'base64'));
        secrets.push({ name: `the exchanged ${keyType}`, text: keys[keyType].toString('hex').toUpperCase() });
    }
    return keys;
}

function open_sealed(dek, sealed, token_id) {
    const octets = Buffer.from(sealed, 'base64');
    const cipher = crypto.createDecipheriv('aes-256-gcm', dek, octets.subarray(0, 12));
    cipher.setAAD(Buffer.from(String(token_id)));
    cipher.setAuthTag(octets.subarray(-16));
    return Buffer.concat([cipher.update(octets.subarray(12, -16)), cipher.final()]).toString();
}

const pin_canary = '407316925841', wrong_pin_canary = '830527194462', long_pins = 'SCAN-LONG-PIN';
const found_wrong = [];

async function make_long_pin_product() {
    const product = must(await ask(client, 'GET', '/api/v1/issuing/card-product/DEMO-VIRTUAL'), 'product');
    must(await ask(client, 'POST', '/api/v1/issuing/card-product', { code: long_pins, name: long_pins, cardDci: product.cardDci,
        brand: product.brand, binRangeId: product.binRangeId ?? product.binRange.id, currency: 949, validityPeriodMonths: 60,
        pinLength: 12, physicals: [{ physicalType: 'Virtual', isDefault: true }] }), 'product');
}

// PINs of twelve digits, set, verified, guessed, changed, sent; tracks and PIN blocks as the card has them.
async function use_secrets(keys, card, clear) {
    const tokenId = card.tokenId, blocks = {};
    for (const [name, text] of [['track 1', clear.track1], ['the real track 2', clear.track2]]) if (text) secrets.push({ name, text });
    for (const pin of [pin_canary, wrong_pin_canary]) {
        blocks[pin] = must(await ask(client, 'POST', '/api/v1/sandbox/pin-block', { tokenId, pin }), 'pin-block').pinBlock;
        secrets.push({ name: 'a PIN block', text: blocks[pin] });
    }
    const pin = (operation, body) => ask(client, 'POST', `/api/v1/issuing/card/pin/${operation}`, { tokenId, ...body });
    must(await pin('set', { pinBlock: blocks[pin_canary] }), 'set');
    must(await pin('verify', { pinBlock: blocks[wrong_pin_canary] }), 'verify');
    must(await pin('change', { oldPinBlock: blocks[pin_canary], newPinBlock: blocks[wrong_pin_canary] }), 'change');
    await pin('verify', { pinBlock: pin_canary });
    await pin('verify', { pinBlock: `${blocks[pin_canary]}00` });
    await pin('set', { pinBlock: [blocks[pin_canary]] });
    must(await pin('send-sms'), 'send-sms');
    for (const body of [{ pinBlock: blocks[pin_canary] }, { pin: wrong_pin_canary }, { pin: pin_canary, cvv2: clear.cvv2, track2: clear.track2 }])
        await ask(client, 'POST', '/api/v1/sandbox/transaction', { ...purchase, pin: undefined, pinBlock: undefined, cvv2: undefined,
            cavv: undefined, emvData: undefined, tokenId, ...body });
    await ask(client, 'POST', '/api/v1/sandbox/clear-pin', { tokenId, pinBlock: blocks[pin_canary] });
    const number = must(await ask(client, 'POST', '/api/v1/issuing/card/detokenize', { tokenId }), 'detokenize');
    if (open_sealed(keys.Dek, number.encryptedCardNo, tokenId) !== clear.cardNo) found_wrong.push('detokenize gives another number');
    const cvv2 = must(await ask(client, 'POST', '/api/v1/issuing/card/cvv2/get-with-expire-date', { tokenId }), 'cvv2');
    if (open_sealed(keys.Dek, cvv2.encryptedCvv2, tokenId) !== clear.cvv2) found_wrong.push('the encrypted CVV2 is another one');
}

async function read_everything(token_id) {
    const today = new Date(), day = (offset) => new Date(today.getTime() + offset * 86_400_000).toISOString().slice(0, 10);
    for (const target of [`/api/v1/issuing/card/${token_id}`, `/api/v1/issuing/card/${token_id}/details`,
        '/api/v1/issuing/card?maxResultCount=100', '/api/v1/issuing/webhook', '/api/v1/issuing/webhook/delivery',
        `/api/v1/issuing-transaction/card-transaction?startDate=${day(-1)}&endDate=${day(1)}&maxResultCount=100`, '/metrics',
        '/openapi.json', '/docs'])
        await ask(client, 'GET', target);
}

const files_below = (top) => fs.readdirSync(top, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
// The demo's message gateway is a folder beside the data: what a phone would show.
const is_phone = (file) => path.relative(data, file).startsWith('messages');
const keep_files = (when) => {
    for (const file of [log, ...files_below(data)].filter((one) => !is_phone(one)))
        keep(`${path.relative(folder, file)} (${when})`, fs.readFileSync(file));
};

// The card vault: cards that come by a browser and by a server, are listed, read by a payment, blacklisted and refused.
const vault_number = '5401341234567891', vault_cvv = '"CardCvv":"641"', vault_identity = '29411873650';
async function use_vault() {
    secrets.push({ name: 'a vault card number', text: vault_number }, { name: 'the vault CVV field', text: vault_cvv },
        { name: 'a vault identity', text: vault_identity });
    const tenants = must(await ask(operator, 'GET', '/api/v1/system/tenant?code=demo'), 'tenants');
    const merchant = must(await ask(operator, 'POST', '/api/v1/system/vault-merchant', { tenantId: tenants.items[0].id, code: 'scan',
        deduplicates: true }), 'merchant');
    const headers = { locale: 'en' };
    for (const [kind, scopes] of [['Public', ['TempToken', 'Bin']], ['Private', ['Cards', 'Blacklist', 'Resolve']]]) {
        const made = must(await operator.ask('POST', `/api/v1/system/vault-merchant/${merchant.id}/credential`, { kind, scopes }), kind);
        headers[`apikey${kind.toLowerCase()}`] = made.credential.keyId;
        headers[`apiclient${kind.toLowerCase()}`] = made.secret;
        secrets.push({ name: `the ${kind} secret of the vault`, text: made.secret });
    }
    const wall = async (method, target, body, more = {}) => {
        const answer = await client.ask(method, target, body, { ...headers, ...more });
        if (!/resolve$/.test(target)) keep(`the answer of ${method} ${target}`, answer.text);
        return answer;
    };
    const done = (answer, what) => {
        if (must(answer, what).Result !== true) throw new Error(`${what}: ${answer.text}`);
        return answer.body.Body;
    };
    const token = done(await wall('POST', '/api/paywall/temptoken', { ClientCardSave: true, ExpiryMin: 60 }), 'temptoken').Token;
    const browser_card = { CardOwnerName: 'Ayşe', CardNumber: vault_number, CardCvv: '641', CardExpiryMonth: '12',
        CardExpiryYear: '40' };
    const temporary = async () => done(await wall('POST', '/api/paywall/tempcard', browser_card, { token }), 'tempcard').CardToken;
    for (const wrong of [{ ...browser_card, CardNumber: `${vault_number}1` }, { ...browser_card, CardNumber: [vault_number] },
        { ...browser_card, CardOwnerName: vault_number }, { ...browser_card, ExpiryMin: vault_number }])
        await wall('POST', '/api/paywall/tempcard', wrong, { token });
    await wall('POST', '/api/paywall/tempcard', JSON.stringify(browser_card).slice(0, -1), { token });
    const owner = { RelationalId1: 'scan' };
    done(await wall('POST', '/paywall/card/tokenization', { ...owner, Card: { CardToken: await temporary(), Nickname: 'N' } }), 'tokenization');
    const card = { Nickname: 'N', HolderName: 'Ayşe', Number: vault_number, Month: 12, Year: 2040 };
    done(await wall('POST', '/paywall/card', { ...owner, Card: card }, { 'Idempotency-Key': 'vault-scan' }), 'card');
    await wall('POST', '/paywall/card', { ...owner, Card: { ...card, Nickname: vault_number } });
    done(await wall('POST', '/paywall/card/insurance', { ...owner, Card: { Nickname: 'N', HolderName: 'Ayşe', CardBin: vault_number.slice(0, 8),
        CardLastFour: vault_number.slice(-4), Identity: vault_identity, Month: 12, Year: 2040 } }), 'insurance');
    const list = done(await wall('GET', '/paywall/card', undefined, { relationalid1: 'scan' }), 'list');
    done(await wall('POST', '/paywall/blacklist/card', { ...owner, CardNumber: vault_number }), 'blacklist');
    done(await wall('GET', '/paywall/blacklist/card/inquiry', undefined, { cardnumber: vault_number }), 'inquiry');
    done(await wall('DELETE', '/paywall/blacklist/card', { ...owner, CardNumber: vault_number }), 'off the blacklist');
    const read = done(await wall('POST', '/paywall/card/resolve', { ...owner, UniqueCode: list[0].UniqueCode, Reference: 'p1' }), 'resolve');
    const fresh = done(await wall('POST', '/paywall/card/resolve', { TempCardToken: await temporary(), Reference: 'p2' }), 'resolve temp');
    if (read.Number !== vault_number || fresh.Cvv !== '641') found_wrong.push('the vault gives another card');
    must(await ask(operator, 'POST', `/api/v1/system/vault-merchant/${merchant.id}/key/rotate`), 'rotate');
    await ask(operator, 'GET', `/api/v1/system/vault-merchant/${merchant.id}/audit-log?maxResultCount=100`);
}

await make_users();
await use_vault();
await make_long_pin_product();
const keys = await exchange_keys();
for (const product of ['DEMO-VIRTUAL', 'DEMO-PREPAID', long_pins]) {
    const card = await make_card(client, `canary-${product}`, 500, product, { phoneNumber: '+905551112233' });
    const clear = must(await ask(client, 'POST', '/api/v1/sandbox/card-info', { tokenId: card.tokenId }), 'card-info');
    secrets.push({ name: `the card number of ${product}`, text: clear.cardNo });
    await use_card(clear.cardNo, card.tokenId, clear.expireDate);
    if (product === long_pins) await use_secrets(keys, card, clear);
    await read_everything(card.tokenId);
}
const waiting_since = performance.now();
while (received() < 5 && performance.now() - waiting_since < webhook_patience_ms)
    await new Promise((resolve) => setTimeout(resolve, 20));
keep_files('while it runs');  // with the write-ahead log
client.close();
operator.close();
const how = await server.stop('SIGTERM');
keep_files('after its end');
receiver.close();

const problems = [...find_secrets(places, secrets), ...found_wrong];
const phone = files_below(path.join(data, 'messages')).map((file) => fs.readFileSync(file, 'utf8'));
if (!phone.some((text) => text.includes(wrong_pin_canary))) problems.push('the phone got no PIN');
if (how !== 0) problems.push(`the server ended with ${how}`);
if (received() < 5) problems.push(`only ${received()} webhooks came`);
if (!places.some(({ where }) => where.includes('-wal'))) problems.push('there was no write-ahead log to look through');
for (const { text } of secrets)
    for (const { form, bytes } of forms_of(text))
        if (!find_secrets([{ where: 'planted', bytes: Buffer.concat([Buffer.from('..'), bytes, Buffer.from('..')]) }],
            [{ name: 'planted', text }]).some((hit) => hit.includes(form)))
            problems.push(`a planted secret was not found as ${form}`);
fs.rmSync(folder, { recursive: true, force: true });
for (const text of [...new Set(problems)].slice(0, 40)) console.log(text);
console.log(`${secrets.length} secrets, ${places.length} places, ${received()} webhooks, ${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
