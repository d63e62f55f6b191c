// The page inside the iframe: takes the merchant's wishes over one message channel, sends the card to this server itself
// and gives a card token back. Nothing that was typed leaves it another way.
//
// It is opened by one message {takas: 'fields/1', type: 'open', ...} with a port, from the embedding window and from an
// origin that the server wrote into the page. Over the port: in {submit|token|clear|focus}, out {ready|change|enter|
// height|result|failure}.

import { Form } from './fields.js';
import { texts } from './texts.js';

const has = (object, name) => Object.prototype.hasOwnProperty.call(object, name);
const patience_ms = 20000;
const label_max = 60;
const token_form = /^[A-Za-z0-9-]{8,64}$/;

const length = /^(?:\d{1,2}(?:\.\d{1,2})?)(?:px|rem|em)$/, colour = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i;
const fonts = { sans: 'system-ui, sans-serif', serif: 'Georgia, serif', mono: 'ui-monospace, monospace' };
const styles = { fontSize: length, borderRadius: length, gap: length, textColor: colour, backgroundColor: colour,
    borderColor: colour, focusColor: colour, errorColor: colour };

// What the numbers of the vault mean for one field.
const fault_fields = { 13: 'owner', 14: 'number', 15: 'expiry', 16: 'expiry', 19: 'expiry', 77: 'identity' };

const parents = document.querySelector('meta[name="takas-parents"]').content.split(' ').filter(Boolean);

window.addEventListener('message', function open(event) {
    const { data, ports: [port] } = event;
    if (window.parent === window || event.source !== window.parent || !parents.includes(event.origin)) return;
    if (data?.takas !== 'fields/1' || data.type !== 'open' || !port) return;
    window.removeEventListener('message', open);
    run(data, port);
});

function apply_style(style) {
    for (const [name, form] of Object.entries(styles))
        if (typeof style?.[name] === 'string' && form.test(style[name]))
            document.documentElement.style.setProperty(`--${name}`, style[name]);
    if (has(fonts, style?.font)) document.documentElement.style.setProperty('--font', fonts[style.font]);
}

const own_labels = (labels) => Object.fromEntries(Object.entries(labels ?? {}).filter(
    ([name, text]) => has(texts.en.labels, name) && typeof text === 'string' && text.trim() && text.length <= label_max));

// {code, message?, field?} instead of an exception: every way in which sending may fail.
async function send(body, token, locale) {
    const giving_up = new AbortController();
    const timer = setTimeout(() => giving_up.abort(), patience_ms);
    let status, answer;
    try {
        const response = await fetch('/api/paywall/tempcard', { method: 'POST', body: JSON.stringify(body), signal: giving_up.signal,
            headers: { 'Content-Type': 'application/json', token, locale }, credentials: 'omit', cache: 'no-store', redirect: 'error' });
        status = response.status;
        answer = await response.json().catch(() => ({}));
    } catch {
        return { failure: { code: 'network' } };
    } finally {
        clearTimeout(timer);
    }
    if (answer.Result === true && answer.ErrorCode === 0 && answer.Body?.CardToken)
        return { cardToken: answer.Body.CardToken, expiryDateTime: answer.Body.ExpiryDateTime };
    const errorCode = Number.isInteger(answer.ErrorCode) ? answer.ErrorCode : undefined;
    const field = fault_fields[errorCode];
    const message = typeof answer.Message === 'string' && answer.Message ? answer.Message : undefined;
    if (status === 401 || errorCode === 74) return { failure: { code: 'token', errorCode } };
    if (status === 429 || status === 503) return { failure: { code: 'busy', errorCode } };
    if (field || errorCode === 18) return { failure: { code: 'card', errorCode, field, message } };
    return { failure: { code: 'server', errorCode, message } };
}

function run(wishes, port) {
    const locale = has(texts, wishes.locale) ? wishes.locale : 'tr';
    const words = texts[locale];
    const card_type = wishes.cardType === 'Insurance' ? 'Insurance' : 'ECom';
    const expiry_min = Number.isInteger(wishes.expiryMin) && wishes.expiryMin >= 1 && wishes.expiryMin <= 30 ? wishes.expiryMin : 30;
    let token = wishes.token, pending = null, result = null;
    document.documentElement.lang = locale;
    document.title = words.group;
    apply_style(wishes.style);

    const form = new Form(document.body, { texts: words, labels: own_labels(wishes.labels), card_type, on: {
        changed() {
            const state = JSON.stringify(form.state());
            if (state !== last_state) port.postMessage({ type: 'change', state: JSON.parse(state) });
            last_state = state;
        },
        edited() { result = null; },
        entered() { port.postMessage({ type: 'enter' }); },
    } });
    let last_state = JSON.stringify(form.state());

    const fail = ({ code, field: of_card, message, errorCode }) => {
        const field = of_card === 'number' && card_type === 'Insurance' ? 'first' : of_card;
        const said = (field && message) || words.failures[code];
        if (form.by_name[field]) {
            form.by_name[field].show(said);
            form.by_name[field].input.focus();
        }
        form.say(said, true);
        return { failure: { code, field, message: said, errorCode } };
    };

    async function take() {
        if (result && Date.parse(result.expiryDateTime) > Date.now()) return result;
        if (!form.check()) return fail({ code: 'invalid' });
        if (!token_form.test(token)) return fail({ code: 'token' });
        form.set_busy(true);
        form.say(words.busy);
        const answer = await send(form.body(expiry_min), token, locale);
        form.set_busy(false);
        if (answer.failure) return fail(answer.failure);
        const { brand, bin } = form.state();
        form.say(words.done);
        result = { ...answer, brand, bin, lastFour: form.last_four() };
        return result;
    }

    port.onmessage = async ({ data }) => {
        if (data.type === 'submit') {
            pending = pending || take().finally(() => (pending = null));
            const answer = await pending;
            port.postMessage(answer.failure ? { type: 'failure', id: data.id, ...answer } : { type: 'result', id: data.id, result: answer });
        }
        if (data.type === 'token') token = data.token;
        if (data.type === 'clear') form.clear();
        if (data.type === 'focus') form.fields[0].input.focus();
    };
    new ResizeObserver(() => port.postMessage({ type: 'height', px: Math.ceil(document.body.getBoundingClientRect().height) }))
        .observe(document.body);
    port.postMessage({ type: 'ready' });
}
