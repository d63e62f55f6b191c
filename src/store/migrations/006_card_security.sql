-- What a card's secrets are checked against and how often that failed: one row a card, beside the card. The PIN block is
-- enciphered under the PIN storage key; no PIN, CVV or key is here.

CREATE TABLE card_security (
    tenant_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    token_id BIGINT NOT NULL,
    pin_method BIGINT,
    pin_key_id BIGINT NOT NULL,
    pvki BIGINT NOT NULL,
    pin_reference TEXT NOT NULL,
    pin_block_key_id BIGINT NOT NULL,
    pin_block {blob} NOT NULL,
    pin_version BIGINT NOT NULL,
    pin_try_count BIGINT NOT NULL,
    is_pin_blocked BIGINT NOT NULL,
    cvv2_try_count BIGINT NOT NULL,
    is_cvv2_blocked BIGINT NOT NULL,
    service_code TEXT NOT NULL,
    emv_profile_code TEXT NOT NULL,
    last_atc BIGINT NOT NULL,
    scripts TEXT NOT NULL,
    script_no BIGINT NOT NULL,
    sent_scripts TEXT NOT NULL,
    sent_with BIGINT NOT NULL,
    replies TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (account_id, token_id)
) {without_rowid};
