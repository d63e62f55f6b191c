-- What cards owe for being made or held and have not been charged yet, and how far the look for periods has come.

CREATE TABLE card_fee_due (
    tenant_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    token_id BIGINT NOT NULL,
    fee_type BIGINT NOT NULL,
    occasion_no BIGINT NOT NULL,
    occurred_at BIGINT NOT NULL,
    next_attempt_at BIGINT NOT NULL,
    waits_for TEXT NOT NULL,
    PRIMARY KEY (account_id, token_id, fee_type, occasion_no)
) {without_rowid};
CREATE INDEX card_fee_due_attempt ON card_fee_due (next_attempt_at, token_id);

CREATE TABLE card_fee_sweep (
    tenant_id BIGINT PRIMARY KEY,
    swept_through BIGINT NOT NULL,
    version BIGINT NOT NULL
) {without_rowid};
