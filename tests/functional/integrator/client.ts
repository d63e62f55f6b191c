// What an integrator writes around a generated client: where the server is, a token on every request, an
// Idempotency-Key on every change, and "this must have succeeded". Everything else is the generated types, unchanged.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import createClient, { type Middleware } from 'openapi-fetch';
import type { components, paths } from './takas_api.js';

export type Schemas = components['schemas'];

const baseUrl = process.env.TAKAS_URL!;
export const lira = 949;

const with_key: Middleware = {
    onRequest({ request }) {
        if (request.method !== 'GET' && !request.headers.has('Idempotency-Key') && request.url.includes('/issuing/'))
            request.headers.set('Idempotency-Key', randomUUID());
        return request;
    },
};

/// A client that has signed in as the demo institution's user.
export async function signed_in(language = 'en') {
    const api = createClient<paths>({ baseUrl, headers: { 'Accept-Language': language } });
    api.use(with_key);
    const token = must(await api.POST('/connect/token', {
        body: { grant_type: 'password', username: 'demo', password: 'demo', client_id: 'demo', scope: 'Issuing' },
        bodySerializer: (body) => new URLSearchParams(body as Record<string, string>),
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    }));
    api.use({
        onRequest({ request }) {
            request.headers.set('Authorization', `Bearer ${token.access_token}`);
            return request;
        },
    });
    return api;
}
export type Api = Awaited<ReturnType<typeof signed_in>>;

type Answer<T> = { data?: T; error?: unknown; response: Response };

/// The body of an answer that must be a success.
export function must<T>({ data, error, response }: Answer<T>): NonNullable<T> {
    assert.ok(response.ok, `${response.status} of ${response.url}: ${JSON.stringify(error)}`);
    return data as NonNullable<T>;
}

/// The error of an answer that must be a refusal with this status and code.
export function refused(answer: Answer<unknown>, status: number, code: string) {
    const envelope = answer.error as Schemas['RemoteServiceErrorResponse'] | undefined;
    assert.equal(answer.response.status, status, JSON.stringify(answer.error ?? answer.data));
    assert.equal(envelope?.error.code, code);
    return envelope!.error;
}

let last_number = 0;
/// A name that no other test of this run uses.
export const fresh = (prefix: string) => `${prefix}${process.pid}${++last_number}`;
