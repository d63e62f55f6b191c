// What the contract test says about a transcript: pure functions from the OpenAPI document and the calls to a list of
// problems. Knows no files and no server.

import { createRequire } from 'node:module';

const require = createRequire(new URL('../npm/package.json', import.meta.url));
const Ajv2020 = require('ajv/dist/2020').default;
const add_formats = require('ajv-formats').default;

const document_id = 'openapi.json';
const methods = ['get', 'post', 'put', 'delete'];

// [{method, template, operation}] in document order.
export const operations_of = (document) =>
    Object.entries(document.paths).flatMap(([template, item]) =>
        methods.filter((m) => item[m]).map((m) => ({ method: m.toUpperCase(), template, operation: item[m] })));

const pattern_of = (template) =>
    new RegExp(`^${template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+')}$`);

// The operation a call was meant for: a literal segment beats a parameter.
export function finder_of(document) {
    const rows = operations_of(document)
        .map((row) => ({ ...row, pattern: pattern_of(row.template) }))
        .sort((a, b) => a.template.split('{').length - b.template.split('{').length);
    return (method, target) => {
        const path = target.split('?')[0];
        return rows.find((row) => row.method === method && row.pattern.test(path));
    };
}

// A schema that names its members allows no others: what is answered must be described.
function closed(node) {
    if (Array.isArray(node)) return node.map(closed);
    if (node === null || typeof node !== 'object') return node;
    const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
    const describes_object = copy.properties && (copy.type === 'object' || copy.type?.includes?.('object'));
    if (describes_object && !('additionalProperties' in copy)) copy.additionalProperties = false;
    return copy;
}

const pointer = (...parts) => parts.map((p) => `/${String(p).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');

// (row, status, media type) -> ajv's function for that body.
function validators_of(document) {
    const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
    add_formats(ajv);
    const components = { ...document.components, schemas: closed(document.components?.schemas ?? {}) };
    ajv.addSchema({ ...document, components, $id: document_id });
    const known = new Map();
    return (row, status, media_type) => {
        const place = pointer('paths', row.template, row.method.toLowerCase(), 'responses', status, 'content', media_type,
            'schema');
        if (!known.has(place)) known.set(place, ajv.compile({ $ref: `${document_id}#${encodeURI(place)}` }));
        return known.get(place);
    };
}

const said = (errors) => errors.slice(0, 5).map((e) => `${e.instancePath || '/'} ${e.message} ` +
    `${JSON.stringify(e.params)}`).join('; ');

const parsed = (body) => {
    try {
        return { value: JSON.parse(body) };
    } catch {
        return {};
    }
};

function problem_of(validator_for, row, call) {
    const response = row.operation.responses[call.status];
    if (!response) return `status ${call.status} is not documented`;
    if (!response.content) return call.body ? 'a body is answered where none is documented' : null;
    const media_type = call.contentType.split(';')[0].trim();
    const media = response.content[media_type];
    if (!media) return `content type "${media_type}" is not documented for ${call.status}`;
    if (!media_type.endsWith('json') || !media.schema) return null;
    const body = parsed(call.body);
    if (!('value' in body)) return 'the body is not JSON';
    const validate = validator_for(row, call.status, media_type);
    return validate(body.value) ? null : said(validate.errors);
}

// Calls to no operation (unknown path or method) still get the error envelope.
function envelope_problem(call) {
    if (call.method === 'OPTIONS' && call.status === 204 && !call.body) return null;  // a browser's question before its own
    const body = parsed(call.body).value;
    if (call.status < 400 || call.status >= 500) return `status ${call.status} for a path that is not documented`;
    return body?.error?.code && body.error.message ? null : 'no error envelope';
}

export const error_codes_of = (document) =>
    Object.keys(document.components?.examples ?? {}).map((name) => name.replace('-', ':'));

// calls: [{scenario, method, path, status, contentType, body}]; exceptions: Map code -> reason.
export function problems_of(document, calls, exceptions) {
    const find = finder_of(document), validator_for = validators_of(document);
    const problems = [], succeeded = new Set(), provoked = new Set();
    for (const call of calls) {
        const row = find(call.method, call.path);
        const problem = row ? problem_of(validator_for, row, call) : envelope_problem(call);
        if (problem) problems.push(`${call.scenario}: ${call.method} ${call.path} ${call.status}: ${problem}`);
        if (row && call.status >= 200 && call.status < 300) succeeded.add(row.operation.operationId);
        const body = parsed(call.body).value;
        if (body?.error?.code) provoked.add(body.error.code);
    }
    for (const { method, template, operation } of operations_of(document))
        if (!succeeded.has(operation.operationId)) problems.push(`no scenario succeeds with ${method} ${template}`);
    for (const code of error_codes_of(document))
        if (!provoked.has(code) && !exceptions.has(code)) problems.push(`no scenario provokes ${code}`);
    for (const code of exceptions.keys())
        if (provoked.has(code)) problems.push(`${code} is provoked: remove it from the exceptions`);
    return problems;
}
