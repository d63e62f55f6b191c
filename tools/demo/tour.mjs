#!/usr/bin/env node
// The walk through the whole product: starts a server with its demo institution in a fresh folder and plays the
// published guide against it over HTTP, as an institution's own program would. It expects what it shows: any surprise
// ends it with a message and exit code 1.
// usage: tools/demo/tour.mjs [--binary build/release/takas] [--exit]

import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { start_receiver } from './receiver.mjs';
import { bold, call as show_call, green, heading, note, proved, red, say, table } from './screen.mjs';
import { start_server } from './server.mjs';

const { values: options } = parseArgs({
    options: { binary: { type: 'string', default: 'build/release/takas' }, exit: { type: 'boolean', default: false } },
});

const lira = 949;
const issuing = '/api/v1/issuing', sandbox = '/api/v1/sandbox';
const webhook_patience_ms = 15_000;

// ---- talking to the server -------------------------------------------------------------------------------------------

let server, receiver, access_token;

function expect(holds, what) {
    if (!holds) throw new Error(`expected ${what}`);
}

const pick = (object, names) => Object.fromEntries(names.filter((name) => object?.[name] != null).map((name) => [name, object[name]]));

// One call: shows it and gives its answer. `sent` and `seen` name the fields worth showing (all that was sent unless
// told), `wanted` the fields that must have exactly these values.
async function call(method, path, { body, form, headers, sent, seen = [], wanted = {}, status = 200 } = {}) {
    const began = performance.now();
    const response = await fetch(server.url + path, {
        method,
        headers: {
            'Accept-Language': 'en',
            ...(headers ?? (access_token && { Authorization: `Bearer ${access_token}` })),
            ...(body && { 'Content-Type': 'application/json' }),
        },
        body: form ? new URLSearchParams(form) : body && JSON.stringify(body),
    });
    const text = await response.text();
    const milliseconds = performance.now() - began;
    let answer;
    try {
        answer = text ? JSON.parse(text) : {};
    } catch {
        throw new Error(`${method} ${path} answered ${response.status} with what is not JSON: ${text.slice(0, 200)}`);
    }
    const request = form ?? body ?? {};
    show_call(method, path, sent ? pick(request, sent) : request, response.status,
        answer.error ? { error: answer.error } : pick(answer, seen), milliseconds);
    expect(response.status === status, `status ${status} of ${method} ${path}, not ${response.status}: ${text.slice(0, 2000)}`);
    for (const [name, value] of Object.entries(wanted))
        expect(answer[name] === value, `${name} ${JSON.stringify(value)} of ${method} ${path}, not ${JSON.stringify(answer[name])}`);
    return answer;
}

// ---- what the tour itself keeps count of, to compare with the server's books -----------------------------------------

const minor = (amount) => Math.round(amount * 100);
const major = (amount_minor) => (amount_minor / 100).toFixed(2);
const books = { posted: 0, held: 0 };
const expected_events = [];  // per card in this order: [card id or null, event name]

function booked(posted, held) {
    books.posted += minor(posted);
    books.held += minor(held);
}

// ---- the tour --------------------------------------------------------------------------------------------------------

const customer_no = '1000042';
const customer = {
    type: 'Individual', customerNo: customer_no, name: 'Ayşe', midname: 'Nur', surname: 'Yılmaz', nationality: 'Turkey',
    communicationLanguage: 'Turkish', gender: 'Female', birthDate: '1990-05-17', birthPlace: 'İzmir',
    motherName: 'Emine', fatherName: 'Mehmet', motherMaidenName: 'Çelik', maritalStatus: 'Married', disabledType: 'None',
    customerIdentifications: [
        { type: 'NationalIdentityNo', value: '10000000146', dateOfIssue: '2019-03-01', dateOfExpiry: '2029-03-01' },
        { type: 'PassportNo', value: 'U12345678', dateOfIssue: '2022-06-15', dateOfExpiry: '2032-06-15' },
    ],
    customerAddresses: [
        { type: 'Home', addressLine1: 'Atatürk Bulvarı No: 12', addressLine2: 'Daire 7', district: 'Çankaya',
          city: 'Ankara', postalCode: '06690', country: 'Turkey' },
    ],
    customerCommunications: [
        { type: 'MobilePhone', info: '+905551112233' }, { type: 'Email', info: 'ayse.yilmaz@example.com' },
    ],
};

const product = (bin, range, group) => ({
    code: 'TOUR', name: 'Tour Card', cardDci: bin.cardDci, brand: bin.brand, binRangeId: range.id, currency: lira,
    validityPeriodMonths: 60, productGroupId: group.id, status: 'Active',
    physicals: [{ physicalType: 'Virtual', isDefault: true }, { physicalType: 'Emv', serviceCode: '201' }],
});

const market = { mcc: 5411, terminalType: 'Pos', terminalNo: 'MIG00042', cardAcceptorNo: '000000000012345',
                 cardAcceptorName: 'KÖŞE MARKET', cardAcceptorCity: 'ANKARA', cardAcceptorCountry: 'TR' };
const atm = { mcc: 6011, terminalType: 'Atm', terminalNo: 'ATM00907', cardAcceptorNo: '000000000009007',
              cardAcceptorName: 'BANKAMATIK KIZILAY', cardAcceptorCity: 'ANKARA', cardAcceptorCountry: 'TR' };
const bookshop = { mcc: 5942, terminalType: 'Ecommerce', terminalNo: 'WEB00001', cardAcceptorNo: '000000000054321',
                   cardAcceptorName: 'kitap.example', cardAcceptorCity: 'ISTANBUL', cardAcceptorCountry: 'TR' };

const sign_in = (name, scope) => call('POST', '/connect/token', {
    form: { grant_type: 'password', username: name, password: name, client_id: name, scope }, headers: {},
    seen: ['token_type', 'expires_in', 'scope'], wanted: { token_type: 'Bearer' },
});

async function get_token() {
    access_token = (await sign_in('demo', 'Issuing offline_access')).access_token;
}

async function define_product() {
    const bins = await call('GET', `${issuing}/card-bin?maxResultCount=5`, { seen: ['totalCount'] });
    table(bins.items.map(({ id, bin, brand, cardDci, currency, country }) => ({ id, bin, brand, cardDci, currency, country })));
    const bin = bins.items.find((item) => item.brand === 'Troy');
    expect(bin, 'a Troy BIN in the demo institution');
    const account_digits = bin.length - bin.bin.length - 1;
    const range = await call('POST', `${issuing}/card-bin-range`, {
        body: { binId: bin.id, name: 'Tour', startRange: '5'.padEnd(account_digits, '0'),
                endRange: '5'.padEnd(account_digits, '9'), allocation: 'Random', isActive: true },
        seen: ['id', 'bin', 'remainingCount'],
    });
    const group = await call('POST', `${issuing}/card-product-group`, {
        body: { name: 'Tour cards', description: 'Made by the guided tour' }, seen: ['id', 'name'],
    });
    await call('POST', `${issuing}/card-product`, {
        body: product(bin, range, group), seen: ['code', 'name', 'brand', 'cardDci', 'validityPeriodMonths', 'pinTryLimit', 'status'],
    });
}

async function listen_to_events() {
    const hook = await call('POST', `${issuing}/webhook`, {
        body: { eventNames: ['*'], url: receiver.url, authenticationType: 'None', timeoutSeconds: 5, isActive: true },
        seen: ['id', 'eventNames', 'url', 'isActive'],
    });
    receiver.trust(hook.signingSecret);
    note('the answer also held the signing secret, which is shown this one time');
}

async function create_customer() {
    await call('POST', `${issuing}/customer`, {
        body: customer, seen: ['id', 'customerNo', 'name', 'surname', 'creationTime'], wanted: { customerNo: customer_no },
    });
    expected_events.push([null, 'CustomerCreated']);
}

const card_fields = ['tokenId', 'maskedCardNo', 'brand', 'productType', 'status', 'expireDate', 'accountId'];

async function issue(body, productType) {
    const card = await call('POST', `${issuing}/card`, { body, seen: card_fields, wanted: { productType, status: 'PendingActivation' } });
    expected_events.push([card.tokenId, 'CardCreated']);
    return card;
}

async function issue_cards() {
    const of_customer = { cardProductCode: 'TOUR', customerNo: customer_no };
    const virtual = await issue({ ...of_customer, productType: 'Virtual' }, 'Virtual');
    const physical = await issue({ ...of_customer, productType: 'Emv', personalizedNameLine1: 'AYSE NUR YILMAZ' }, 'Emv');
    expected_events.push([physical.tokenId, 'PersoCreated']);
    note('the cards of one customer under one product and currency spend from one account');
    return { virtual, physical };
}

async function activate(cards) {
    for (const card of Object.values(cards)) {
        await call('PUT', `${issuing}/card/status`, {
            body: { tokenId: card.tokenId, status: 'Active', reason: 'CustomerRequest' },
            seen: ['oldStatus', 'newStatus', 'newReason'], wanted: { oldStatus: 'PendingActivation', newStatus: 'Active' },
        });
        expected_events.push([card.tokenId, 'CardStatusChanged']);
    }
}

async function load_account(cards) {
    const fields = ['accountId', 'currency', 'postedBalance', 'heldAmount', 'availableBalance', 'tokenIds'];
    const account = await call('GET', `${issuing}/card/${cards.virtual.tokenId}/account`, { seen: fields, wanted: { availableBalance: 0 } });
    expect(account.tokenIds.length === 2, 'both cards on the account');
    const load = { body: { amount: 1000, currency: lira, reference: 'EFT-2031-000777', description: 'First load' }, seen: fields };
    await call('POST', `${issuing}/account/${account.accountId}/load`, load);
    booked(1000, 0);
    note('the same reference again, as after a lost answer: nothing is loaded twice');
    await call('POST', `${issuing}/account/${account.accountId}/load`, { ...load, wanted: { postedBalance: 1000 } });
    return account.accountId;
}

const sent_of_transaction = ['tokenId', 'transactionCode', 'transactionAmount', 'transactionCurrency', 'posEntryMode', 'mcc', 'terminalType', 'cardAcceptorName'];

async function transact(card, transactionCode, transactionAmount, posEntryMode, where, wanted) {
    const answer = await call('POST', `${sandbox}/transaction`, {
        body: { tokenId: card.tokenId, transactionCode, transactionAmount, transactionCurrency: lira, posEntryMode, ...where },
        sent: sent_of_transaction,
        seen: ['transactionId', 'isSuccess', 'responseCode', 'transactionStatus', 'authNo', 'errorCode', 'errorDescription'],
        wanted: { isSuccess: true, responseCode: 'Approved', transactionStatus: 'Approved', ...wanted },
    });
    expected_events.push([card.tokenId, answer.isSuccess ? 'SuccessfulTransaction' : 'UnsuccessfulTransaction']);
    return answer;
}

async function authorize(cards) {
    const purchase = await transact(cards.physical, 'Purchase', 249.9, 'Chip', market);
    booked(0, 249.9);
    await transact(cards.physical, 'CashWithdrawal', 200, 'Chip', atm);
    booked(0, 200);
    const ecommerce = await transact(cards.virtual, 'Purchase', 120, 'ECommerce', bookshop);
    booked(0, 120);
    return { purchase, ecommerce };
}

async function decline(cards) {
    const declined = await transact(cards.physical, 'Purchase', 5000, 'Chip', market, {
        isSuccess: false, responseCode: 'InsufficientFunds', transactionStatus: 'Declined', errorCode: 'AUTH:00021',
    });
    const detail = await call('GET', `/api/v1/issuing-transaction/card-transaction/${declined.transactionId}`, {
        seen: ['id', 'transactionResult', 'responseCode', 'errorCode'], wanted: { transactionResult: 'Declined' },
    });
    note('why? every check in the order in which it was asked, as it was stored with the transaction:');
    table(detail.checks.map(({ name, outcome, detail: text }) => ({ check: name, outcome, detail: text })));
    const failed = detail.checks.filter((check) => check.outcome === 'Failed').map((check) => check.name);
    expect(failed.length === 1 && failed[0] === 'Balance', `the balance check alone to have failed, not ${failed}`);
}

async function reverse(transaction, card, body, wanted) {
    await call('POST', `${sandbox}/transaction/void`, {
        body: { transactionId: transaction.transactionId, ...body },
        seen: ['transactionId', 'isSuccess', 'responseCode', 'transactionStatus', 'originalTransactionId', 'remainingAmount'],
        wanted: { isSuccess: true, ...wanted },
    });
    expected_events.push([card.tokenId, 'TransactionTransition']);
}

async function take_back(cards, { purchase, ecommerce }) {
    await reverse(ecommerce, cards.virtual, { reversalType: 'PartialReversal', amount: 20 }, { transactionStatus: 'PartiallyReversed', remainingAmount: 100 });
    booked(0, -20);
    await reverse(purchase, cards.physical, { reversalType: 'Void' }, { transactionStatus: 'Voided', remainingAmount: 0 });
    booked(0, -249.9);
    await call('POST', `${sandbox}/transaction/refund`, {
        body: { transactionId: ecommerce.transactionId, amount: 30, currency: lira },
        seen: ['transactionId', 'isSuccess', 'responseCode', 'originalTransactionId', 'remainingAmount'],
        wanted: { isSuccess: true, responseCode: 'Approved' },
    });
    booked(30, 0);
    expected_events.push([cards.virtual.tokenId, 'SuccessfulTransaction']);
}

async function list_transactions() {
    const day = 86_400_000, on = (time) => new Date(time).toISOString().slice(0, 10);
    const query = new URLSearchParams({ customerNo: customer_no, startDate: on(Date.now() - day), endDate: on(Date.now() + day), maxResultCount: 50 });
    const list = await call('GET', `/api/v1/issuing-transaction/card-transaction?${query}`, { seen: ['totalCount'] });
    const of_cards = list.items.filter((item) => item.tokenId);
    table(of_cards.map((item) => ({
        id: item.id, card: item.maskedCardNo, code: item.transactionCode, amount: item.transactionAmount.toFixed(2),
        result: item.transactionResult, state: item.transactionState, response: item.responseCode,
        merchant: item.cardAcceptorName, category: item.mccName?.slice(0, 24),
    })), 3);
    expect(of_cards.length === 5, `five card transactions, not ${of_cards.length}`);
}

// A rule of the institution's own: asked about before it counts for anybody, then seen at work.
async function shape(cards) {
    const control = await call('POST', `${issuing}/authorization-control`, {
        body: { name: 'No large orders on the web', action: 'Decline', responseCode: 'RestrictedCard', tenantWide: true,
                rule: 'posEntryMode == "ECommerce" && transactionAmount > 75' },
        seen: ['id', 'name', 'rule', 'activeVersionNo'], wanted: { activeVersionNo: 1 },
    });
    const order = { transactionCode: 'Purchase', transactionAmount: 90, transactionCurrency: lira, posEntryMode: 'ECommerce', ...bookshop };
    const asked = await call('POST', `${issuing}/card/${cards.virtual.tokenId}/what-if`, {
        body: order, sent: sent_of_transaction, seen: ['approved', 'responseCode', 'errorCode'], wanted: { approved: false, errorCode: 'AUTH:00017' },
    });
    note('what would change the answer, each by itself:');
    table(asked.changes.map(({ kind, amount, posEntryMode, description }) => ({ change: kind, to: amount ?? posEntryMode, description })));
    expect(asked.changes.some((change) => change.kind === 'Amount' && change.amount === 75), 'an amount of 75.00 to pass');
    const declined = await transact(cards.virtual, 'Purchase', 90, 'ECommerce', bookshop, {
        isSuccess: false, responseCode: 'RestrictedCard', transactionStatus: 'Declined', errorCode: 'AUTH:00017',
    });
    const detail = await call('GET', `/api/v1/issuing-transaction/card-transaction/${declined.transactionId}`, {
        seen: ['id', 'transactionResult', 'responseCode', 'errorCode'],
    });
    note('the control that decided, in the words it had then, and what it found:');
    table(detail.controls.flatMap(({ name, versionNo, outcome, terms }) =>
        terms.map(({ text, actual, outcome: holds }) => ({ control: name, version: versionNo, outcome, term: text, found: actual, holds }))), 3);
    const [decisive] = detail.controls.filter((found) => found.outcome === 'Declined');
    expect(decisive?.name === control.name, 'the control to be named in the explanation');
}

// Another business in the same server: cards kept for a merchant. One of the documentation's sample cards.
async function vault() {
    const operator = { Authorization: `Bearer ${(await sign_in('operator', 'Issuing')).access_token}` };
    const tenants = await call('GET', '/api/v1/system/tenant?code=demo', { headers: operator, seen: ['totalCount'] });
    const merchants = '/api/v1/system/vault-merchant';
    const merchant = await call('POST', merchants, {
        headers: operator, body: { tenantId: tenants.items[0].id, code: 'tour-shop', name: 'Tour shop' }, seen: ['id', 'merchantUuid', 'code'],
    });
    const pair = async (kind, scopes) => {
        const { credential, secret } = await call('POST', `${merchants}/${merchant.id}/credential`, { headers: operator, body: { kind, scopes } });
        return { [`apikey${kind.toLowerCase()}`]: credential.keyId, [`apiclient${kind.toLowerCase()}`]: secret };
    };
    const page = await pair('Public', ['TempToken']), shop = await pair('Private', ['Cards', 'Resolve']);
    const ask = async (method, path, headers, { result, ...how }) => {
        const answer = await call(method, path, { headers: { locale: 'en', ...headers }, seen: ['Result', 'ErrorCode'], wanted: { ErrorCode: 0, ...result }, ...how });
        return answer.Body;
    };
    const token = await ask('POST', '/api/paywall/temptoken', page, { body: { ClientCardSave: true, ExpiryMin: 15 } });
    note('with that token the customer\'s browser, not the shop, sends the card:');
    const temporary = await ask('POST', '/api/paywall/tempcard', { token: token.Token }, {
        body: { CardOwnerName: 'Ayşe Yılmaz', CardNumber: '5528790000000008', CardCvv: '123', CardExpiryMonth: '12', CardExpiryYear: '33' },
        sent: ['CardOwnerName', 'CardExpiryMonth', 'CardExpiryYear'],
    });
    const kept = { RelationalId1: 'customer-7', Card: { CardToken: temporary.CardToken, Nickname: 'Salary' } };
    await ask('POST', '/paywall/card/tokenization', shop, { body: kept, sent: ['RelationalId1'] });
    await ask('POST', '/paywall/card/tokenization', shop, { body: kept, sent: ['RelationalId1'], result: { ErrorCode: 115 } });
    note('a temporary card is used up once; the shop sees what it may show:');
    const cards = await ask('GET', '/paywall/card', { ...shop, relationalid1: 'customer-7' }, {});
    table(cards.map(({ CardNumber, CardHolderName, Name, UniqueCode }) => ({
        card: CardNumber, holder: CardHolderName, name: Name, handle: `${UniqueCode?.slice(0, 8)}…` })));
    expect(cards.length === 1 && cards[0].CardNumber === '552879******0008', 'one card of the customer, masked');
    const read = await ask('POST', '/paywall/card/resolve', shop, {
        body: { RelationalId1: 'customer-7', UniqueCode: cards[0].UniqueCode, Reference: 'payment-1' }, sent: ['RelationalId1', 'Reference'] });
    expect(read.Number === '5528790000000008' && read.Cvv === null, 'the payment connector to read the number, and no verification code');
    proved('the payment connector read the card once for its payment; the verification code is nowhere any more');
}

async function balance(account_id) {
    const statement = await call('GET', `${issuing}/account/${account_id}/entry?maxResultCount=100&sorting=entryNo%20asc`, { seen: ['totalCount'] });
    const account = await call('GET', `${issuing}/account/${account_id}`, { seen: ['postedBalance', 'heldAmount', 'availableBalance'] });
    table(statement.items.map((entry) => ({
        no: entry.entryNo, kind: entry.kind, amount: entry.amount.toFixed(2), posted: entry.postedBalance.toFixed(2),
        held: entry.heldAmount.toFixed(2), transaction: entry.transactionId,
    })), 3);
    let posted = 0, held = 0;
    for (const entry of statement.items) {
        if (entry.kind === 'Posting') posted += minor(entry.amount);
        else held += minor(entry.amount);
        expect(minor(entry.postedBalance) === posted && minor(entry.heldAmount) === held, `running balances of entry ${entry.entryNo} to follow from its amount`);
    }
    const sums = `posted ${major(posted)}, held ${major(held)}, available ${major(posted - held)}`;
    expect(minor(account.postedBalance) === posted && minor(account.heldAmount) === held &&
        minor(account.availableBalance) === posted - held, `the balances to be the sums of the entries: ${sums}`);
    proved(`the account's balances are the sums of its entries: ${sums}`);
    expect(books.posted === posted && books.held === held, `the tour's own count, posted ${major(books.posted)}, held ${major(books.held)}`);
    proved('and they are what this tour counted by itself');
}

async function show_events() {
    await receiver.wait_for(expected_events.length, webhook_patience_ms);
    const card_of = (data) => data.CardTokenId ?? data.TokenId ?? null;
    const card_by_transaction = new Map(receiver.received.filter(({ data }) => data.TokenId).map(({ data }) => [data.Id, data.TokenId]));
    const events = receiver.received.map((event) => ({
        ...event, card: card_of(event.data) ?? card_by_transaction.get(event.data.TransactionId) ?? null }));
    table(events.map(({ name, card, data, attempt }) => ({
        event: name, card, about: data.ResponseCode ?? data.EventType ?? data.NewStatus ?? data.Status ?? data.CustomerNo,
        amount: (data.TransactionAmount ?? null)?.toFixed(2), attempt,
    })), 3);
    expect(receiver.refused.length === 0, `no delivery to be refused: ${receiver.refused}`);
    expect(events.length === expected_events.length, `${expected_events.length} webhooks, not ${events.length}`);
    proved(`${events.length} webhooks received, each signature verified by the Standard Webhooks library`);
    // A stable sort by card keeps the order in which the events of one card came.
    const by_card = (list) => JSON.stringify([...list].sort(([a], [b]) => (a ?? 0) - (b ?? 0)));
    expect(by_card(events.map(({ card, name }) => [card, name])) === by_card(expected_events), 'the webhooks of each card in the order of what happened to it');
    proved('the webhooks of each card came in the order in which things happened');
}

// ---- beginning and end -----------------------------------------------------------------------------------------------

function prove_books() {
    const text = execFileSync(options.binary, ['verify', '--data', server.data], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    for (const line of text.trimEnd().split('\n')) say(`          ${line}`);
    proved('takas verify recomputed every balance from its postings');
}

async function play() {
    let number = 0;
    const step = async (title, action) => {
        heading(++number, title);
        return action();
    };
    await step('Get a token', get_token);
    await step('Define a BIN range, a product group and a product', define_product);
    await step('Register a webhook, to see what happens', listen_to_events);
    await step('Create a customer', create_customer);
    const cards = await step('Issue a virtual and a physical card', issue_cards);
    await step('Activate them', () => activate(cards));
    const account_id = await step('Load the account', () => load_account(cards));
    const transactions = await step('Purchase, cash withdrawal, e-commerce purchase', () => authorize(cards));
    await step('A declined purchase, and the checks that explain it', () => decline(cards));
    await step('Partial reversal, void, refund', () => take_back(cards, transactions));
    await step('List the transactions', list_transactions);
    await step('A control in the rule language: what-if, then a real purchase', () => shape(cards));
    await step('The card vault: a browser gives a card, a shop keeps it, a payment reads it', vault);
    await step('Account entries and balances: the books balance', () => balance(account_id));
    await step('The webhooks that arrived', show_events);
    return number;
}

async function stop_and_prove(number) {
    heading(number, 'Stop the server and prove its books');
    const how = await server.stop();
    expect(how === 'exited with 0', `the server to leave with 0 after SIGTERM; it ${how}:\n${server.last_words()}`);
    proved('SIGTERM: the server finished what it had begun and exited with 0');
    prove_books();
}

async function main() {
    server = await start_server(options.binary);
    say(`${bold('takas')}  ${server.command}`);
    note(`ready ${Math.round(server.ready_after_ms)} ms after its start on an empty folder`);
    receiver = await start_receiver();
    const interrupted = new Promise((resolve) => ['SIGINT', 'SIGTERM'].forEach((signal) => process.on(signal, () => resolve('interrupted'))));
    const steps = await Promise.race([play(), interrupted, server.ended.then((how) => { throw new Error(`the server ${how}`); })]);
    if (steps === 'interrupted') return;
    say(`\n${green(bold('Everything was as expected.'))}\n`);
    for (const [what, path] of [['API', '/api/v1'], ['Reference', '/docs'], ['OpenAPI', '/openapi.json']])
        say(`   ${what.padEnd(10)} ${server.url}${path}`);
    say(`   ${'Sign in'.padEnd(10)} user demo, password demo, client demo`);
    if (!options.exit) {
        say('\n   The server stays until Ctrl-C.');
        await Promise.race([interrupted, server.ended.then((how) => { throw new Error(`the server ${how}`); })]);
    }
    await stop_and_prove(steps + 1);
}

try {
    await main();
} catch (error) {
    say(`\n${red(bold('The tour ended early:'))} ${error.message}`);
    if (server) say(`\nThe server's last words:\n${server.last_words()}`);
    process.exitCode = 1;
} finally {
    receiver?.stop();
    await server?.stop();
    server?.clean();
}
