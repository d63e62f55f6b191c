// The inputs of one card form: their order, attributes, formatting, checks and what assistive technology hears of them.
// Knows nothing of the merchant's page or of the server; `Form` gives values and takes messages.

import { brand_of, caret_after, digits_of, expiry_of, format_expiry, format_number, is_expired, is_identity,
    is_number } from './card.js';

const keep_digits = (limit) => (text) => digits_of(text).slice(0, limit);
const is_name = (text) => /^[\p{L}\p{M}\p{Zs}.'’-]{2,60}$/u.test(text.trim());
const is_amex_head = (digits) => /^3[47]/.test(digits);

// One row a field: `fault` gives nothing, 'wrong' or the name of another text. Order is tab order.
const rows = {
    owner: { autocomplete: 'cc-name', is_text: true, format: (text) => text.slice(0, 60), fault: (text) => !is_name(text) && 'wrong' },
    number: { autocomplete: 'cc-number', format: format_number, fault: (text) => !is_number(digits_of(text)) && 'wrong' },
    expiry: { autocomplete: 'cc-exp', hint: 'expiry', format: format_expiry, fault: (text) => {
        const expiry = expiry_of(text);
        return expiry ? is_expired(expiry) && 'expired' : 'wrong';
    } },
    cvv: { autocomplete: 'cc-csc', hint: 'cvv', format: (text, brand) => digits_of(text).slice(0, brand.cvv_digits),
        fault: (text, brand) => text.length !== brand.cvv_digits && (brand.cvv_digits === 4 ? 'cvv_4' : 'wrong') },
    first: { autocomplete: 'off', format: keep_digits(8),
        fault: (text) => (is_amex_head(text) ? 'amex_first' : text.length !== 8 && 'wrong') },
    last: { autocomplete: 'off', format: keep_digits(4), fault: (text) => text.length !== 4 && 'wrong' },
    identity: { autocomplete: 'off', hint: 'identity', format: keep_digits(11), fault: (text) => !is_identity(text) && 'wrong' },
};
const fields_of = { ECom: ['owner', 'number', 'expiry', 'cvv'], Insurance: ['owner', 'first', 'last', 'identity'] };

function make(tag, attributes, parent) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    parent?.append(element);
    return element;
}

class Field {
    constructor(name, form, parent) {
        Object.assign(this, { name, form, row: rows[name], was_left: false });
        const box = make('div', { class: `field ${name}` }, parent);
        make('label', { for: name }, box).textContent = form.labels[name] ?? form.texts.labels[name];
        this.input = make('input', { id: name, name, type: 'text', autocomplete: this.row.autocomplete, spellcheck: 'false',
            autocapitalize: this.row.is_text ? 'words' : 'off', 'aria-required': 'true', 'aria-invalid': 'false',
            ...(!this.row.is_text && { inputmode: 'numeric' }) }, box);
        this.hint = this.row.hint && make('p', { id: `${name}-hint`, class: 'hint' }, box);
        this.note = name === 'number' && make('p', { id: `${name}-note`, class: 'hint brand' }, box);
        this.error = make('p', { id: `${name}-error`, class: 'error' }, box);
        this.input.addEventListener('input', (event) => this.typed(event));
        this.input.addEventListener('blur', () => this.left());
        this.say_hint();
        this.describe();
    }

    get text() { return this.input.value; }
    // '', or the name of what is wrong.
    get fault() { return this.text.trim() === '' ? 'empty' : this.row.fault(this.text, this.form.brand) || ''; }

    say_hint() {
        if (this.hint) this.hint.textContent = this.form.texts.hints[this.row.hint === 'cvv' && this.form.brand.cvv_digits === 4
            ? 'cvv_4' : this.row.hint];
    }

    describe() {
        const parts = [this.error, this.note, this.hint].filter((part) => part?.textContent);
        this.input.setAttribute('aria-describedby', parts.map((part) => part.id).join(' '));
    }

    // Formats what stands there and keeps the caret behind the same digit.
    reformat(event) {
        const { input } = this;
        const wanted = this.row.is_text ? /./su : /\d/;
        const count_of = (text) => [...text].filter((c) => wanted.test(c)).length;
        let text = input.value, at = input.selectionStart ?? text.length;
        // A separator between digits was deleted: what the person meant is the digit beside it.
        if (!this.row.is_text && at < text.length && count_of(text) === count_of(this.shown ?? '') && text.length < this.shown.length) {
            if (event?.inputType === 'deleteContentBackward') {
                const digit = text.slice(0, at).search(/\d\D*$/);
                if (digit >= 0) [text, at] = [text.slice(0, digit) + text.slice(digit + 1), digit];
            } else if (event?.inputType === 'deleteContentForward') {
                const digit = text.slice(at).search(/\d/);
                if (digit >= 0) text = text.slice(0, at + digit) + text.slice(at + digit + 1);
            }
        }
        let formatted = this.row.format(text, this.form.brand);
        // "12/" stays while it is typed and goes with the next backspace.
        if (event?.inputType?.startsWith('delete')) formatted = formatted.replace(/\/$/, '');
        const is_at_end = at >= text.length;
        if (formatted !== input.value) {
            input.value = formatted;
            const caret = is_at_end ? formatted.length : caret_after(formatted, count_of(text.slice(0, at)), wanted);
            if (document.activeElement === input) input.setSelectionRange(caret, caret);
        }
        this.shown = formatted;
    }

    typed(event) {
        if (event.isComposing) return;
        this.reformat(event);
        if (this.name === 'number') this.form.number_changed();
        if (this.was_left) this.show_fault(this.fault === 'empty' ? '' : this.fault);
        this.form.on.edited();
        this.form.on.changed();
    }

    left() {
        if (this.text !== '') this.was_left = true;
        if (this.was_left) this.show_fault(this.fault);
        this.form.on.changed();
    }

    show_fault(fault) {
        const { texts } = this.form;
        this.show(fault && (['empty', 'wrong'].includes(fault) ? texts[fault][this.name] : texts[fault]));
    }

    show(message) {
        this.error.textContent = message || '';
        this.input.setAttribute('aria-invalid', String(Boolean(message)));
        this.describe();
    }
}

export class Form {
    // `on`: changed(), edited(), entered(). `labels` may replace some of the texts' labels.
    constructor(parent, { texts, labels, card_type, on }) {
        Object.assign(this, { texts, labels, card_type, on, brand: brand_of('') });
        this.element = make('form', { novalidate: '', 'aria-label': texts.group }, parent);
        this.fields = fields_of[card_type].map((name) => new Field(name, this, this.element));
        this.by_name = Object.fromEntries(this.fields.map((field) => [field.name, field]));
        this.status = make('p', { class: 'status', role: 'status' }, parent);
        this.element.addEventListener('submit', (event) => event.preventDefault());
        this.element.addEventListener('keydown', (event) => {
            if (event.key === 'Enter' && !event.isComposing) on.entered();
        });
    }

    number_changed() {
        const digits = digits_of(this.by_name.number.text);
        const brand = brand_of(digits);
        if (brand !== this.brand) {
            this.brand = brand;
            this.by_name.number.note.textContent = brand.name && this.texts.brand(brand.name);
            this.by_name.number.describe();
            this.by_name.cvv.reformat();
            this.by_name.cvv.say_hint();
        }
    }

    // Shows every fault and puts the focus on the first; true when there is none.
    check() {
        const wrong = this.fields.filter((field) => {
            field.was_left = true;
            field.show_fault(field.fault);
            return field.fault;
        });
        wrong[0]?.input.focus();
        return wrong.length === 0;
    }

    // What the merchant's page may know: no field's content beyond the six digits that name an issuer.
    state() {
        const fields = Object.fromEntries(this.fields.map((field) => [field.name,
            { isEmpty: field.text === '', isValid: !field.fault }]));
        const digits = digits_of((this.by_name.number ?? this.by_name.first).text);
        const state = { isComplete: this.fields.every((field) => !field.fault), brand: brand_of(digits).id, fields };
        return digits.length < 6 ? state : { ...state, bin: digits.slice(0, 6) };
    }

    text_of(name) { return this.by_name[name].text.trim(); }

    // The published body of a temporary card.
    body(expiry_min) {
        const head = { CardOwnerName: this.text_of('owner'), ExpiryMin: expiry_min };
        if (this.card_type === 'Insurance')
            return { CardType: 2, ...head, CardNoFirst: this.text_of('first'), CardNoLast: this.text_of('last'),
                IdentityNumber: this.text_of('identity') };
        const { month, year } = expiry_of(this.text_of('expiry'));
        return { CardType: 1, ...head, CardNumber: digits_of(this.text_of('number')), CardCvv: this.text_of('cvv'),
            CardExpiryMonth: month, CardExpiryYear: year };
    }

    last_four() { return digits_of((this.by_name.number ?? this.by_name.last).text).slice(-4); }

    say(message, is_alarm = false) {
        this.status.textContent = message;
        this.status.classList.toggle('alarm', is_alarm);
    }

    set_busy(is_busy) {
        this.element.setAttribute('aria-busy', String(is_busy));
        for (const { input } of this.fields) input.readOnly = is_busy;
    }

    clear() {
        for (const field of this.fields) {
            field.input.value = '';
            Object.assign(field, { was_left: false, shown: '' });
            field.show('');
        }
        if (this.by_name.number) this.number_changed();
        this.say('');
        this.on.edited();
        this.on.changed();
    }
}
