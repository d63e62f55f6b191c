-- Renewed and replaced cards, barcodes, and batches of cards without an owner.

ALTER TABLE card ADD COLUMN renewed_at BIGINT;
ALTER TABLE card ADD COLUMN previous_expire_date BIGINT;
ALTER TABLE card ADD COLUMN previous_pan_sequence_no BIGINT NOT NULL DEFAULT 0;
ALTER TABLE card ADD COLUMN replaces_token_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE card ADD COLUMN replaced_by_token_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE card ADD COLUMN barcode TEXT;
ALTER TABLE card_security ADD COLUMN previous_last_atc BIGINT NOT NULL DEFAULT -1;

CREATE INDEX card_barcode ON card (tenant_id, barcode) WHERE barcode IS NOT NULL;

CREATE TABLE card_batch (
    tenant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    state BIGINT NOT NULL,
    is_all_or_nothing BIGINT NOT NULL,
    idempotency_key TEXT,
    request TEXT NOT NULL,
    card_product_code TEXT NOT NULL,
    total_count BIGINT NOT NULL,
    made_count BIGINT NOT NULL,
    failed_count BIGINT NOT NULL,
    error_code TEXT NOT NULL,
    creator_id TEXT NOT NULL,
    creation_time BIGINT NOT NULL,
    finished_at BIGINT,
    held_until BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, idempotency_key)
) {without_rowid};

CREATE TABLE card_batch_item (
    tenant_id BIGINT NOT NULL,
    batch_id BIGINT NOT NULL,
    item_no BIGINT NOT NULL,
    token_id BIGINT NOT NULL,
    masked_card_no TEXT NOT NULL,
    barcode TEXT,
    expire_date BIGINT NOT NULL,
    error_code TEXT NOT NULL,
    PRIMARY KEY (tenant_id, batch_id, item_no)
) {without_rowid};

-- What is left to be finished is found without looking through what is.
CREATE INDEX card_batch_state ON card_batch (state, held_until);
