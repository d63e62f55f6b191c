-- Message keys in a table of their own (the transactions are partitioned by time where the database can, and a repeat may
-- come in another partition), what archived accounts continue from, the servers on one store, versions to guard by.

CREATE TABLE transaction_key (
    tenant_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    message_key {blob} NOT NULL,
    transaction_id BIGINT NOT NULL,
    PRIMARY KEY (message_key, account_id)
) {without_rowid};

CREATE TABLE ledger_carry (
    tenant_id BIGINT NOT NULL,
    account_id {integer_key},
    entry_no BIGINT NOT NULL,
    posted_minor BIGINT NOT NULL,
    held_minor BIGINT NOT NULL,
    carried_at BIGINT NOT NULL
);

CREATE TABLE server_node (
    node {integer_key},
    address TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    alive_until BIGINT NOT NULL,
    version BIGINT NOT NULL
);

ALTER TABLE card_art ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE card_bin_range ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
