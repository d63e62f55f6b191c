#!/usr/bin/env node
// Bad input for every operation with a JSON body: node tools/contract/bad_input.mjs BINARY. Each operation gets bodies
// that are no JSON, and bodies that are right but for one field. Asked for: a 4xx with the error envelope, within a
// second, without a word about the inside. Whether a body is right at all does not matter: one wrong field is enough.

import fs from 'node:fs';
import path from 'node:path';

import { operations_of } from './contract.mjs';
import { Client, start, temporary_folder } from './server.mjs';

const patience_ms = 1000;
const at_once = 8;
const inside = /exception|\bstd::|SQL|sqlite|\/src\/|\.cpp|stack|takas::/i;

const not_json = [
    '', '{', '[', '[]', 'null', '1', '"text"', 'nonsense', '{"a":1,}', "{'a':1}", '{"a":NaN}', '{"a":1}x', '\ufeff{}',
    '{"a":1,"a":2}', '{"a":"\\u0000"}', '{"a":"\u0000"}', '{"a":"\\ud800"}', '{"a":01}', '{"a":+1}', '{"a":"\\x"}',
    '1e400', `{"a":${'['.repeat(500)}${']'.repeat(500)}}`, `{"a":${'['.repeat(30_000)}`,
    Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d]),  // {"a":"<not UTF-8>"}
    Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xc0, 0x80, 0x22, 0x7d]),  // an overlong NUL
];

// JSON texts, so that numbers which JavaScript does not have can be sent.
const wrong_values = ['{}', '[]', '[[]]', '{"a":{"b":[1]}}', '1e400', '-1e400', '123456789012345678901234567890',
    '0.0000000000000000001', '"\\u0000"', '"\\ud800"', `"${'x'.repeat(5000)}"`, `"${'9'.repeat(400)}"`,
    `"' OR 1=1; --"`];

const resolved = (document, schema) =>
    schema?.$ref ? resolved(document, document.components.schemas[schema.$ref.split('/').pop()]) : schema;

// A value that the schema describes; examples first.
function value_for(document, given, depth = 0) {
    const schema = resolved(document, given) ?? {};
    const example = schema.example ?? schema.examples?.[0] ?? schema.enum?.[0];
    if (example !== undefined) return example;
    if (schema.anyOf || schema.oneOf) return value_for(document, (schema.anyOf ?? schema.oneOf)[0], depth + 1);
    const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
    if (type === 'object' && depth < 4)
        return Object.fromEntries((schema.required ?? []).map((name) => [name,
            value_for(document, schema.properties?.[name], depth + 1)]));
    if (type === 'array') return [];
    if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
    return type === 'boolean' ? false : 'x';
}

const types_of = (schema) => [schema?.type ?? (schema?.enum ? 'string' : 'object')].flat();

// A body text with one member replaced by JSON text.
const with_member = (body, name, json) =>
    `{${[...Object.entries(body).filter(([key]) => key !== name).map(([key, value]) =>
        `${JSON.stringify(key)}:${JSON.stringify(value)}`), `${JSON.stringify(name)}:${json}`].join(',')}}`;

const is_wrong_for = (schema, json) => {
    if (schema?.['x-any'] || !schema) return false;
    const types = types_of(schema);
    if (json.startsWith('"')) {
        if (!types.includes('string')) return true;
        return /\\u0000|\\ud800/.test(json) || (schema.maxLength ?? Infinity) < json.length - 2 || Boolean(schema.enum) ||
            Boolean(schema.format && schema.format !== 'password');
    }
    if (json.startsWith('[')) return !types.includes('array') || json !== '[]';
    if (json.startsWith('{')) return !types.includes('object');
    return true;  // numbers that are beyond every bound
};

function bodies_for(document, operation) {
    const schema = resolved(document, operation.requestBody.content['application/json'].schema);
    const right = value_for(document, schema);
    const bodies = not_json.map((body) => ({ what: 'no JSON', body }));
    for (const [name, member] of Object.entries(schema.properties ?? {})) {
        const its_schema = resolved(document, member.anyOf?.find((one) => one.type !== 'null') ?? member);
        for (const json of wrong_values)
            if (is_wrong_for(its_schema, json)) bodies.push({ what: name, body: with_member(right, name, json) });
        if (schema.required?.includes(name)) bodies.push({ what: name, body: with_member(right, name, 'null') });
    }
    return bodies;
}

// A query may be taken or refused; what cannot be text must be refused.
const wrong_texts = [['%00', true], ['a%00b', true], ['%ff', true], ['%c0%80', true], ['%', false], ['x'.repeat(5000), false],
    ['-1', false], ['1e400', false], ['99999999999999999999999', false], ['%27%20OR%201%3D1--', false], ['2031-02-30', false]];

function queries_for(operation) {
    const names = (operation.parameters ?? []).filter((one) => one.in === 'query').map((one) => one.name);
    return names.flatMap((name) => wrong_texts.map(([text, must_refuse]) => ({ query: `?${name}=${text}`, must_refuse })));
}

// The card vault's contract refuses with HTTP 200 and a number.
const is_vault_refusal = (answer) => (answer.status === 200 || (answer.status >= 400 && answer.status < 500)) &&
    answer.body?.Result === false && answer.body.ErrorCode !== 0 && Boolean(answer.body.Message);
const is_refusal = (answer) => is_vault_refusal(answer) || (answer.status >= 400 && answer.status < 500 &&
    (answer.body?.error?.code ? Boolean(answer.body.error.message) : typeof answer.body?.error === 'string'));

// Credentials for everything of the card vault, and a page's token.
async function vault_merchant(client) {
    const must = async (...call) => {
        const answer = await client.ask(...call);
        if (answer.status !== 200) throw new Error(`${call.slice(0, 2)}: ${answer.status} ${answer.text}`);
        return answer.body;
    };
    const tenants = await must('GET', '/api/v1/system/tenant?code=demo');
    const merchant = await must('POST', '/api/v1/system/vault-merchant', { tenantId: tenants.items[0].id, code: 'bad-input',
        tempCardsPerToken: 1000 });
    const headers = {};
    for (const [kind, scopes] of [['Public', ['TempToken', 'Bin']], ['Private', ['Cards', 'Blacklist', 'Resolve', 'Forward']]]) {
        const made = await must('POST', `/api/v1/system/vault-merchant/${merchant.id}/credential`, { kind, scopes });
        headers[`apikey${kind.toLowerCase()}`] = made.credential.keyId;
        headers[`apiclient${kind.toLowerCase()}`] = made.secret;
    }
    const token = await must('POST', '/api/paywall/temptoken', { ClientCardSave: true, ExpiryMin: 60 }, headers);
    return { ...headers, token: token.Body.Token };
}

const problems = [];
let sent = 0;

async function try_body(client, { method, target, what, body, headers }) {
    const began = performance.now();
    const answer = await client.ask(method, target, body, headers).catch((error) => ({ status: 0, text: error.message }));
    const took = performance.now() - began;
    ++sent;
    const shown = `${method} ${target} with ${what} ${String(body).slice(0, 300)}: ${answer.status} ${answer.text.slice(0, 300)}`;
    if (!is_refusal(answer)) problems.push(`no refusal: ${shown}`);
    else if (inside.test(answer.text.replace(/' OR 1=1/g, ''))) problems.push(`inside words: ${shown}`);
    if (took > patience_ms) problems.push(`${Math.round(took)} ms: ${shown}`);
}

async function try_query(client, { target, must_refuse }) {
    const began = performance.now();
    const answer = await client.ask('GET', target).catch((error) => ({ status: 0, text: error.message }));
    const took = performance.now() - began;
    ++sent;
    const shown = `GET ${target.slice(0, 300)}: ${answer.status} ${answer.text.slice(0, 300)}`;
    if (answer.status === 0 || answer.status >= 500 || (must_refuse && !is_refusal(answer))) problems.push(`no refusal: ${shown}`);
    if (took > patience_ms) problems.push(`${Math.round(took)} ms: ${shown}`);
}

const folder = temporary_folder();
const server = await start(process.argv[2], path.join(folder, 'data'), path.join(folder, 'log'));
const institution = new Client(server.port), operator = new Client(server.port);
await institution.sign_in('demo');
await operator.sign_in('operator');
const vault_headers = await vault_merchant(operator);
const document = (await institution.ask('GET', '/openapi.json')).body;
const all = operations_of(document).filter(({ operation }) => operation.requestBody?.content['application/json']);
for (const { method, template, operation } of all) {
    const target = template.replace(/\{[^}]+\}/g, '1');
    const client = template.startsWith('/api/v1/system/') ? operator : institution;
    const bodies = bodies_for(document, operation).map((one) => ({ ...one, method, target,
        headers: /^(\/api)?\/paywall\//.test(template) ? vault_headers : {} }));
    while (bodies.length) await Promise.all(bodies.splice(0, at_once).map((one) => try_body(client, one)));
}
for (const { method, template, operation } of operations_of(document)) {
    if (method !== 'GET') continue;
    const client = template.startsWith('/api/v1/system/') ? operator : institution;
    const queries = queries_for(operation).map((one) => ({ ...one, target: template.replace(/\{[^}]+\}/g, '1') + one.query }));
    while (queries.length) await Promise.all(queries.splice(0, at_once).map((one) => try_query(client, one)));
}
const alive = await institution.ask('GET', '/health/ready');
if (alive.status !== 200) problems.push(`not ready afterwards: ${alive.status} ${alive.text}`);
institution.close();
operator.close();
const how = await server.stop('SIGTERM');
if (how !== 0) problems.push(`the server ended with ${how}: ${fs.readFileSync(path.join(folder, 'log'), 'utf8').slice(-3000)}`);
fs.rmSync(folder, { recursive: true, force: true });
for (const text of problems.slice(0, 40)) console.log(text);
console.log(`${all.length} operations with bodies, ${sent} requests, ${problems.length} problems`);
process.exit(problems.length || !sent ? 1 : 0);
