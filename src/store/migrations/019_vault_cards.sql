-- What the card vault keeps. Of a card nothing is in the clear but when it was stored and used.

CREATE TABLE vault_temp_token (
    token_hash {blob} NOT NULL,
    id BIGINT NOT NULL,
    merchant_id BIGINT NOT NULL,
    client_card_save BIGINT NOT NULL,
    three_d_session BIGINT NOT NULL,
    client_sdk BIGINT NOT NULL,
    cards_left BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    creation_time BIGINT NOT NULL,
    PRIMARY KEY (token_hash)
) {without_rowid};
CREATE INDEX vault_temp_token_expiry ON vault_temp_token (expires_at);

CREATE TABLE vault_temp_card (
    merchant_id BIGINT NOT NULL,
    token_hash {blob} NOT NULL,
    id BIGINT NOT NULL,
    scope BIGINT NOT NULL,
    sealed {blob} NOT NULL,
    key_version BIGINT NOT NULL,
    resolution_id BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    creation_time BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, token_hash)
) {without_rowid};
CREATE INDEX vault_temp_card_expiry ON vault_temp_card (expires_at);

CREATE TABLE vault_card (
    merchant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    stored_by BIGINT NOT NULL,
    owner_mac {blob} NOT NULL,
    scope BIGINT NOT NULL,
    sealed {blob} NOT NULL,
    key_version BIGINT NOT NULL,
    duplicate_key TEXT,
    fingerprint_id TEXT NOT NULL,
    creation_time BIGINT NOT NULL,
    last_modification_time BIGINT NOT NULL,
    last_used_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, id),
    UNIQUE (merchant_id, duplicate_key)
) {without_rowid};
CREATE INDEX vault_card_owner ON vault_card (merchant_id, owner_mac, id);
CREATE INDEX vault_card_key_version ON vault_card (merchant_id, key_version, id);

CREATE TABLE vault_fingerprint (
    merchant_id BIGINT NOT NULL,
    card_mac {blob} NOT NULL,
    fingerprint_id TEXT NOT NULL,
    PRIMARY KEY (merchant_id, card_mac)
) {without_rowid};

CREATE TABLE vault_blacklist (
    merchant_id BIGINT NOT NULL,
    card_mac {blob} NOT NULL,
    entry_uuid TEXT NOT NULL,
    added_by BIGINT NOT NULL,
    creation_time BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, card_mac)
) {without_rowid};

CREATE TABLE vault_resolution (
    merchant_id BIGINT NOT NULL,
    reference TEXT NOT NULL,
    id BIGINT NOT NULL,
    card_id BIGINT NOT NULL,
    temp_card_hash {blob} NOT NULL,
    key_id TEXT NOT NULL,
    is_approved BIGINT,
    version BIGINT NOT NULL,
    creation_time BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, reference)
) {without_rowid};

-- The BIN table, imported as a whole (takas vault bins import).
CREATE TABLE vault_bin (
    bin TEXT NOT NULL,
    card_bank_id BIGINT NOT NULL,
    card_bank TEXT NOT NULL,
    card_brand_id BIGINT NOT NULL,
    card_brand TEXT NOT NULL,
    card_family_id BIGINT,
    card_family TEXT,
    card_kind_id BIGINT NOT NULL,
    card_kind TEXT NOT NULL,
    card_type_id BIGINT NOT NULL,
    card_type TEXT NOT NULL,
    PRIMARY KEY (bin)
) {without_rowid};
