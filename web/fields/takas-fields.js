// What a merchant's page includes: puts a card form, which lives in an iframe of the vault, into an element of the page.
// Card number and security code never reach this script: it only hears of tokens, states and messages.
//
//   const form = TakasFields.mount(element, { merchant, token, locale: 'tr', cardType: 'ECom' });
//   form.on('ready' | 'change' | 'enter' | 'error', listener);
//   const { cardToken, expiryDateTime, brand, bin, lastFour } = await form.submit();

(() => {
    'use strict';
    const vault = new URL(document.currentScript.src).origin;
    const patience_ms = 10000, height_max_px = 2000;
    const has = (object, name) => Object.prototype.hasOwnProperty.call(object, name);
    const titles = { tr: 'Kart bilgileri', en: 'Card details' };
    const card_types = ['ECom', 'Insurance'];
    const event_names = ['ready', 'change', 'enter', 'error'];

    class TakasFieldsError extends Error {
        // code: invalid, token, card, busy, network, server, unavailable, destroyed
        constructor({ code, message, field, errorCode }) {
            super(message || code);
            this.name = 'TakasFieldsError';
            Object.assign(this, { code, field, errorCode });
        }
    }

    function refuse(what) { throw new TypeError(`TakasFields.mount: ${what}`); }

    const words = (given) => Object.fromEntries(Object.entries(given).filter(([, text]) => typeof text === 'string'));

    function checked({ merchant, token, locale = 'tr', cardType = 'ECom', expiryMin = 30, labels = {}, style = {} } = {}) {
        if (typeof merchant !== 'string' || !/^[A-Za-z0-9_.-]{1,64}$/.test(merchant)) refuse('merchant is needed');
        if (typeof token !== 'string' || !token) refuse('token is needed: ask your server for a TempToken');
        if (!has(titles, locale)) refuse('locale is tr or en');
        if (!card_types.includes(cardType)) refuse('cardType is ECom or Insurance');
        if (!(Number.isInteger(expiryMin) && expiryMin >= 1 && expiryMin <= 30)) refuse('expiryMin is 1 to 30');
        return { merchant, token, locale, cardType, expiryMin, labels: words(labels), style: words(style) };
    }

    function mount(element, options) {
        if (!(element instanceof Element)) refuse('the first argument is the element to fill');
        const { merchant, ...wishes } = checked(options);
        const { port1: port, port2 } = new MessageChannel();
        const listeners = new Map(event_names.map((name) => [name, new Set()]));
        const waiting = new Map();
        let last_id = 0, pending = null, is_open = false, is_ready = false, broken = null;

        const frame = document.createElement('iframe');
        frame.src = `${vault}/paywall/fields/v1/frame?merchant=${encodeURIComponent(merchant)}`;
        frame.title = titles[wishes.locale];
        frame.referrerPolicy = 'no-referrer';
        frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-forms');
        frame.setAttribute('scrolling', 'no');
        Object.assign(frame.style, { border: '0', width: '100%', display: 'block' });

        const tell = (name, what) => {
            for (const listener of [...listeners.get(name)]) listener(what);
        };
        // Ends what waits, now and from now on.
        const end = (failure) => {
            broken = new TakasFieldsError(failure);
            clearTimeout(timer);
            for (const { reject } of waiting.values()) reject(broken);
            waiting.clear();
        };
        const be_unavailable = () => {
            end({ code: 'unavailable', message: 'The card form does not load: is this page\'s origin allowed?' });
            tell('error', broken);
        };
        const timer = setTimeout(be_unavailable, patience_ms);

        const hear = {
            ready() {
                is_ready = true;
                clearTimeout(timer);
                tell('ready');
            },
            change: ({ state }) => tell('change', state),
            enter: () => tell('enter'),
            height({ px }) { frame.style.height = `${Math.max(0, Math.min(height_max_px, Number(px) || 0))}px`; },
            result({ id, result }) {
                waiting.get(id)?.resolve(result);
                waiting.delete(id);
            },
            failure({ id, failure }) {
                const error = new TakasFieldsError(failure);
                waiting.get(id)?.reject(error);
                waiting.delete(id);
                tell('error', error);
            },
        };
        port.onmessage = ({ data }) => {
            if (!broken && has(hear, data?.type)) hear[data.type](data);
        };
        frame.addEventListener('load', () => {
            if (broken) return;
            if (is_open) return be_unavailable();  // moved in the document: what was typed is gone
            is_open = true;
            // Only a page of the vault can receive this; whatever else stands in the frame hears nothing.
            frame.contentWindow.postMessage({ takas: 'fields/1', type: 'open', ...wishes }, vault, [port2]);
        });
        element.replaceChildren(frame);

        const send = (message) => {
            if (!broken) port.postMessage(message);
        };
        return Object.freeze({
            // One promise while one is under way: two clicks give one token.
            submit() {
                if (broken) return Promise.reject(broken);
                pending = pending || new Promise((resolve, reject) => {
                    const id = ++last_id;
                    waiting.set(id, { resolve, reject });
                    send({ type: 'submit', id });
                }).finally(() => { pending = null; });
                return pending;
            },
            // For a page that is open longer than its TempToken lives.
            setToken(token) { send({ type: 'token', token: String(token) }); },
            clear() { send({ type: 'clear' }); },
            focus() { send({ type: 'focus' }); },
            on(name, listener) {
                if (!listeners.has(name)) throw new TypeError(`TakasFields: there is no event ${name}`);
                listeners.get(name).add(listener);
                if (name === 'ready' && is_ready) listener();
                return () => listeners.get(name).delete(listener);
            },
            destroy() {
                if (!broken) end({ code: 'destroyed' });
                port.close();
                frame.remove();
            },
        });
    }

    window.TakasFields = Object.freeze({ mount, version: '1' });
})();
