-- The card vault's merchants, their credentials and their keys. What the vault keeps is distributed by merchant, not by
-- card account: merchant_id stands first in every key.

CREATE TABLE vault_merchant (
    id BIGINT NOT NULL,
    tenant_id BIGINT NOT NULL,
    merchant_uuid TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    state BIGINT NOT NULL,
    partner_id BIGINT NOT NULL,
    allowed_origins TEXT NOT NULL,
    allowed_addresses TEXT NOT NULL,
    forward_hosts TEXT NOT NULL,
    deduplicates BIGINT NOT NULL,
    unique_code_period_h BIGINT NOT NULL,
    temp_cards_per_token BIGINT NOT NULL,
    card_retention_days BIGINT NOT NULL,
    version BIGINT NOT NULL,
    creation_time BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (merchant_uuid),
    UNIQUE (code)
) {without_rowid};

CREATE TABLE vault_credential (
    key_id TEXT NOT NULL,
    merchant_id BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    secret_mac {blob} NOT NULL,
    scopes TEXT NOT NULL,
    label TEXT NOT NULL,
    expires_at BIGINT,
    is_active BIGINT NOT NULL,
    replaced_by TEXT NOT NULL,
    version BIGINT NOT NULL,
    creation_time BIGINT NOT NULL,
    PRIMARY KEY (key_id)
) {without_rowid};
CREATE INDEX vault_credential_merchant ON vault_credential (merchant_id, key_id);

CREATE TABLE vault_key (
    merchant_id BIGINT NOT NULL,
    use BIGINT NOT NULL,
    key_version BIGINT NOT NULL,
    state BIGINT NOT NULL,
    wrapped {blob} NOT NULL,
    version BIGINT NOT NULL,
    creation_time BIGINT NOT NULL,
    destroyed_at BIGINT,
    PRIMARY KEY (merchant_id, use, key_version)
) {without_rowid};
