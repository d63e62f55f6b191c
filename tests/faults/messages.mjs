// What the clients of a run send and what they were told: the client log. A message is sent until it has an answer; then
// now and then again, and every answer must be the first one.

export const minor = (amount) => Math.round(Number(amount) * 100);
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// A small generator, so that a failing run can be made again (TAKAS_SEED).
export function seeded(seed) {
    let state = seed;
    return () => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return state / 2 ** 32;
    };
}

const answer_patience_ms = 30_000;  // a living server that has not answered until then never will
const declined_share = 0.05, load_share = 0.1, posted_share = 0.2;
const again_unanswered_share = 0.15, again_answered_share = 0.05;
const kept_of = { purchase: ['transactionId', 'isSuccess', 'responseCode', 'errorCode', 'authNo', 'approvedAmount'],
    load: [] };

export class Messages {
    constructor(cards, random, problem) {
        Object.assign(this, { cards, random, problem });
        this.all = [];
        this.unanswered = new Set();
        this.refused = this.lost = this.sent = this.slowest_ms = 0;
    }

    #pick(list) {
        return list[Math.floor(this.random() * list.length)];
    }

    #purchase(card) {
        const number = this.all.length;
        const amount = this.random() < declined_share ? 9_999_999.99 : Math.ceil(this.random() * 5000) / 100;
        return { kind: 'purchase', card, target: '/api/v1/sandbox/transaction', body: {
            tokenId: card.tokenId, transactionCode: 'Purchase', transactionAmount: amount, transactionCurrency: 949,
            posEntryMode: 'Chip', mcc: 5411, stan: String(number % 1_000_000).padStart(6, '0'),
            localTransactionTime: new Date(Date.UTC(2031, 2, 1) + number * 1000).toISOString(),
            terminalNo: 'KILLTEST',
            transactionFlowCode: this.random() < posted_share ? 'Financial' : 'Authorization' } };
    }

    #load(card) {
        return { kind: 'load', card, target: `/api/v1/issuing/account/${card.accountId}/load`,
            body: { amount: Math.ceil(this.random() * 1000) / 100, currency: 949, reference: `load ${this.all.length}` } };
    }

    // A new one, for one card or for any; sometimes one that was sent before.
    next(card) {
        if (!card && this.unanswered.size && this.random() < again_unanswered_share)
            return this.#pick([...this.unanswered]);
        if (!card && this.random() < again_answered_share) {
            const candidate = this.#pick(this.all.length ? this.all : [null]);
            if (candidate?.answer) return candidate;
        }
        const message = this.random() < load_share ? this.#load(card ?? this.#pick(this.cards))
            : this.#purchase(card ?? this.#pick(this.cards));
        this.all.push(message);
        return message;
    }

    // True when it was answered. A lost answer or a refusal leaves the message as it was.
    async send(client, message) {
        const began = performance.now();
        ++this.sent;
        let patience;
        const answer = await Promise.race([
            client.ask('POST', message.target, message.body).catch(() => null),
            new Promise((resolve) => (patience = setTimeout(resolve, answer_patience_ms, 'never'))),
        ]);
        clearTimeout(patience);
        const took_ms = performance.now() - began;
        if (answer === 'never') {
            client.close();
            this.problem(`a request was not answered in ${answer_patience_ms} ms: ${JSON.stringify(message.body)}`);
        }
        if (answer?.status) this.slowest_ms = Math.max(this.slowest_ms, took_ms);
        const is_refused = answer?.status === 503 || answer?.status === 429;
        if (!answer?.status || is_refused) {
            if (is_refused) ++this.refused;
            else ++this.lost;
            if (!message.answer) this.unanswered.add(message);
            return false;
        }
        return this.#take(message, answer);
    }

    #take(message, answer) {
        if (answer.status !== 200) {
            this.problem(`${message.kind} ${JSON.stringify(message.body)}: ${answer.status} ${answer.text}`);
            return false;
        }
        this.unanswered.delete(message);
        const kept = Object.fromEntries(kept_of[message.kind].map((name) => [name, answer.body[name]]));
        if (!message.answer) message.answer = kept;
        else if (JSON.stringify(kept) !== JSON.stringify(message.answer))
            this.problem(`a repeat got ${JSON.stringify(kept)} instead of ${JSON.stringify(message.answer)}`);
        return true;
    }

    get answered_count() {
        return this.all.filter((message) => message.answer).length;
    }
}
