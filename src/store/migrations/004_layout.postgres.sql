-- What grows for ever is partitioned by time: a month each, dropped or archived whole, never deleted row by row. The tables
-- are empty here: every PostgreSQL database runs all migrations at once. Partitions are made ahead by a job
-- (docs/operating/scale.md); what falls outside goes to the default partition.
--
-- The partition column is part of every key, and so is account_id, by which a distributed PostgreSQL spreads these
-- tables. The keys still mean what the descriptions say: a transaction id belongs to one moment, an entry number is
-- guarded by the account's version, an event's number is given once.

DROP TABLE card_transaction, transaction_event, ledger_entry, domain_event, transaction_key;

CREATE TABLE card_transaction (
    tenant_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    transaction_id BIGINT NOT NULL,
    message_key {blob},
    message_hash BIGINT NOT NULL,
    token_id BIGINT NOT NULL,
    masked_card_no TEXT NOT NULL,
    customer_no TEXT NOT NULL,
    card_product_code TEXT NOT NULL,
    result BIGINT NOT NULL,
    state BIGINT NOT NULL,
    category BIGINT NOT NULL,
    code BIGINT NOT NULL,
    flow_code BIGINT NOT NULL,
    network BIGINT NOT NULL,
    domain BIGINT NOT NULL,
    response_code BIGINT NOT NULL,
    decline_reason BIGINT NOT NULL,
    transaction_amount_minor BIGINT NOT NULL,
    transaction_currency BIGINT NOT NULL,
    billing_amount_minor BIGINT NOT NULL,
    billing_currency BIGINT NOT NULL,
    conversion_rate_e9 BIGINT NOT NULL,
    remaining_minor BIGINT NOT NULL,
    held_minor BIGINT NOT NULL,
    posted_minor BIGINT NOT NULL,
    refunded_minor BIGINT NOT NULL,
    stan TEXT NOT NULL,
    rrn TEXT NOT NULL,
    auth_no TEXT NOT NULL,
    mcc BIGINT NOT NULL,
    pan_sequence_no BIGINT NOT NULL,
    terminal_no TEXT NOT NULL,
    terminal_type BIGINT NOT NULL,
    card_acceptor_no TEXT NOT NULL,
    card_acceptor_name TEXT NOT NULL,
    card_acceptor_city TEXT NOT NULL,
    card_acceptor_country TEXT NOT NULL,
    acquirer_id TEXT NOT NULL,
    pos_entry_mode BIGINT NOT NULL,
    local_transaction_time BIGINT NOT NULL,
    transaction_time BIGINT NOT NULL,
    settlement_date BIGINT,
    settle_match_status BIGINT NOT NULL,
    is_offline BIGINT NOT NULL,
    cvc_result_code BIGINT NOT NULL,
    arqc_result_code BIGINT NOT NULL,
    cavv_result_code BIGINT NOT NULL,
    original_transaction_id BIGINT NOT NULL,
    checks TEXT NOT NULL,
    facts {blob} NOT NULL,
    PRIMARY KEY (account_id, transaction_id)
) PARTITION BY RANGE (transaction_id);

CREATE TABLE transaction_event (
    tenant_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    transaction_id BIGINT NOT NULL,
    event_no BIGINT NOT NULL,
    event_type BIGINT NOT NULL,
    amount_minor BIGINT NOT NULL,
    description TEXT NOT NULL,
    occurred_at BIGINT NOT NULL,
    PRIMARY KEY (transaction_id, event_no, account_id)
) PARTITION BY RANGE (transaction_id);

CREATE TABLE ledger_entry (
    tenant_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    entry_no BIGINT NOT NULL,
    transaction_id BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    contra BIGINT NOT NULL,
    amount_minor BIGINT NOT NULL,
    posted_after_minor BIGINT NOT NULL,
    held_after_minor BIGINT NOT NULL,
    description TEXT NOT NULL,
    booked_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, entry_no, booked_at)
) PARTITION BY RANGE (booked_at);

CREATE TABLE domain_event (
    sequence_no BIGINT NOT NULL,
    tenant_id BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    stream_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    transaction_id BIGINT NOT NULL,
    payload TEXT NOT NULL,
    occurred_at BIGINT NOT NULL,
    PRIMARY KEY (sequence_no, account_id, occurred_at)
) PARTITION BY RANGE (occurred_at);

CREATE TABLE transaction_key (
    tenant_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    message_key {blob} NOT NULL,
    transaction_id BIGINT NOT NULL,
    PRIMARY KEY (message_key, account_id)
) PARTITION BY RANGE (message_key);

-- Ids in these columns are made in order of time: a block range index finds the newest at almost no cost.
CREATE INDEX card_transaction_time ON card_transaction USING brin (transaction_id);

CREATE TABLE card_transaction_default PARTITION OF card_transaction DEFAULT;
CREATE TABLE transaction_event_default PARTITION OF transaction_event DEFAULT;
CREATE TABLE ledger_entry_default PARTITION OF ledger_entry DEFAULT;
CREATE TABLE domain_event_default PARTITION OF domain_event DEFAULT;
CREATE TABLE transaction_key_default PARTITION OF transaction_key DEFAULT;

-- Room in the page for the account's next versions: an update stays on its page and touches no index.
ALTER TABLE card_account SET (fillfactor = 70);
