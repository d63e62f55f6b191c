-- The first schema: identity, products, customers, cards, accounts, transactions, books, events, webhooks.
-- Neutral SQL: {placeholders} are spelt per dialect (migrations.hpp). Integers are 64 bits; instants are microseconds
-- since 1970, dates days since 1970, enums the numbers of core/. A column is NULL only when the record says optional.

CREATE TABLE meta (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (name)
) {without_rowid};

CREATE TABLE tenant (
    tenant_id {integer_key},
    tenant_uuid TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    is_demo BIGINT NOT NULL,
    sandbox_enabled BIGINT NOT NULL,
    is_active BIGINT NOT NULL,
    creation_time BIGINT NOT NULL,
    UNIQUE (code),
    UNIQUE (tenant_uuid)
);

CREATE TABLE user_account (
    tenant_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    user_uuid TEXT NOT NULL,
    user_name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    roles TEXT NOT NULL,
    is_active BIGINT NOT NULL,
    failed_login_count BIGINT NOT NULL,
    locked_until BIGINT,
    tokens_valid_after BIGINT NOT NULL,
    version BIGINT NOT NULL,
    creation_time BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, user_id),
    UNIQUE (tenant_id, user_name)
) {without_rowid};

CREATE TABLE api_client (
    client_id TEXT NOT NULL,
    tenant_id BIGINT NOT NULL,
    secret_hash TEXT NOT NULL,
    roles TEXT NOT NULL,
    is_active BIGINT NOT NULL,
    PRIMARY KEY (client_id)
) {without_rowid};

CREATE TABLE role (
    tenant_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    permissions TEXT NOT NULL,
    PRIMARY KEY (tenant_id, name)
) {without_rowid};

CREATE TABLE refresh_token (
    family_id TEXT NOT NULL,
    token_hash {blob} NOT NULL,
    tenant_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    client_id TEXT NOT NULL,
    scope TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    is_revoked BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (family_id)
) {without_rowid};

CREATE TABLE exchange_rate (
    tenant_id BIGINT NOT NULL,
    source_currency BIGINT NOT NULL,
    target_currency BIGINT NOT NULL,
    rate TEXT NOT NULL,
    valid_from BIGINT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (tenant_id, source_currency, target_currency, valid_from)
) {without_rowid};

CREATE TABLE stored_reply (
    tenant_id BIGINT NOT NULL,
    idempotency_key TEXT NOT NULL,
    operation_id TEXT NOT NULL,
    fingerprint {blob} NOT NULL,
    status BIGINT NOT NULL,
    reply_sealed {blob} NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, idempotency_key)
) {without_rowid};

CREATE TABLE customer (
    tenant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    customer_no TEXT NOT NULL,
    type BIGINT NOT NULL,
    segment_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    midname TEXT NOT NULL,
    surname TEXT NOT NULL,
    nationality TEXT NOT NULL,
    communication_language BIGINT,
    gender BIGINT,
    birth_date BIGINT,
    birth_place TEXT NOT NULL,
    mother_name TEXT NOT NULL,
    father_name TEXT NOT NULL,
    mother_maiden_name TEXT NOT NULL,
    marital_status BIGINT,
    disabled_type BIGINT,
    business_detail TEXT,
    customer_identifications TEXT NOT NULL,
    customer_addresses TEXT NOT NULL,
    customer_communications TEXT NOT NULL,
    version BIGINT NOT NULL,
    creation_time BIGINT NOT NULL,
    creator_id TEXT NOT NULL,
    last_modification_time BIGINT,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, customer_no)
) {without_rowid};

CREATE TABLE customer_search (
    tenant_id BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    value TEXT NOT NULL,
    customer_id BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, kind, value, customer_id)
) {without_rowid};

CREATE TABLE card_bin (
    tenant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    bin TEXT NOT NULL,
    brand BIGINT NOT NULL,
    card_dci BIGINT NOT NULL,
    card_type TEXT NOT NULL,
    length BIGINT NOT NULL,
    currency BIGINT NOT NULL,
    country TEXT NOT NULL,
    is_active BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (bin)
) {without_rowid};

CREATE TABLE card_bin_range (
    tenant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    bin_id BIGINT NOT NULL,
    bin TEXT NOT NULL,
    name TEXT NOT NULL,
    start_range TEXT NOT NULL,
    end_range TEXT NOT NULL,
    allocation BIGINT NOT NULL,
    is_active BIGINT NOT NULL,
    segments TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) {without_rowid};

CREATE TABLE card_art (
    tenant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    code TEXT NOT NULL,
    front_image TEXT NOT NULL,
    back_image TEXT NOT NULL,
    description TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, code)
) {without_rowid};

CREATE TABLE card_product_group (
    tenant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, name)
) {without_rowid};

CREATE TABLE card_product (
    tenant_id BIGINT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    card_dci BIGINT NOT NULL,
    brand BIGINT NOT NULL,
    bin_range_id BIGINT NOT NULL,
    currency BIGINT NOT NULL,
    validity_period_months BIGINT NOT NULL,
    card_art_id BIGINT NOT NULL,
    product_group_id BIGINT NOT NULL,
    description TEXT NOT NULL,
    physicals TEXT NOT NULL,
    contactless_limit TEXT,
    auto_renewal BIGINT NOT NULL,
    renewal_days_before BIGINT NOT NULL,
    pin_try_limit BIGINT NOT NULL,
    cvv2_try_limit BIGINT NOT NULL,
    pin_length BIGINT NOT NULL,
    is_noname_allowed BIGINT NOT NULL,
    is_child_card_allowed BIGINT NOT NULL,
    max_card_per_customer BIGINT NOT NULL,
    activate_on_create BIGINT NOT NULL,
    account_per_card BIGINT NOT NULL,
    policy TEXT,
    status BIGINT NOT NULL,
    version BIGINT NOT NULL,
    creation_time BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, code)
) {without_rowid};

CREATE TABLE card_account (
    tenant_id BIGINT NOT NULL,
    account_id {integer_key},
    customer_id BIGINT NOT NULL,
    customer_no TEXT NOT NULL,
    card_product_code TEXT NOT NULL,
    currency BIGINT NOT NULL,
    posted_minor BIGINT NOT NULL,
    held_minor BIGINT NOT NULL,
    credit_limit_minor BIGINT NOT NULL,
    entry_no BIGINT NOT NULL,
    version BIGINT NOT NULL,
    is_exclusive BIGINT NOT NULL,
    creation_time BIGINT NOT NULL
);

CREATE TABLE card (
    tenant_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    token_id BIGINT NOT NULL,
    pan_sealed {blob} NOT NULL,
    masked_card_no TEXT NOT NULL,
    bin TEXT NOT NULL,
    customer_id BIGINT NOT NULL,
    customer_no TEXT NOT NULL,
    card_product_code TEXT NOT NULL,
    card_product_name TEXT NOT NULL,
    card_dci BIGINT NOT NULL,
    brand BIGINT NOT NULL,
    product_type BIGINT NOT NULL,
    status BIGINT NOT NULL,
    status_reason BIGINT,
    status_changed_at BIGINT NOT NULL,
    status_changed_by TEXT NOT NULL,
    status_description TEXT NOT NULL,
    expire_date BIGINT NOT NULL,
    personalized_name_line_1 TEXT NOT NULL,
    personalized_name_line_2 TEXT NOT NULL,
    parent_token_id BIGINT NOT NULL,
    is_noname BIGINT NOT NULL,
    pan_sequence_no BIGINT NOT NULL,
    phone_number TEXT NOT NULL,
    auto_renewal BIGINT NOT NULL,
    digital_slip_type BIGINT NOT NULL,
    pin_set BIGINT NOT NULL,
    card_art_id BIGINT NOT NULL,
    external_reference TEXT NOT NULL,
    policy TEXT,
    issuance TEXT,
    delivery_address TEXT,
    delivery_communication TEXT,
    creation_time BIGINT NOT NULL,
    creator_id TEXT NOT NULL,
    PRIMARY KEY (account_id, token_id)
) {without_rowid};

CREATE TABLE card_number (
    pan_hash {blob} NOT NULL,
    tenant_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    token_id BIGINT NOT NULL,
    bin_range_id BIGINT NOT NULL,
    draw_no BIGINT NOT NULL,
    PRIMARY KEY (pan_hash)
) {without_rowid};

CREATE TABLE card_transaction (
    tenant_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    transaction_id {integer_key},
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
    UNIQUE (account_id, message_key)
);

CREATE TABLE transaction_event (
    tenant_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    transaction_id BIGINT NOT NULL,
    event_no BIGINT NOT NULL,
    event_type BIGINT NOT NULL,
    amount_minor BIGINT NOT NULL,
    description TEXT NOT NULL,
    occurred_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, transaction_id, event_no)
) {without_rowid};

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
    PRIMARY KEY (account_id, entry_no)
) {without_rowid};

CREATE TABLE domain_event (
    sequence_no {sequence_key},
    tenant_id BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    stream_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    transaction_id BIGINT NOT NULL,
    payload TEXT NOT NULL,
    occurred_at BIGINT NOT NULL
);

CREATE TABLE webhook (
    tenant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    event_names TEXT NOT NULL,
    url TEXT NOT NULL,
    authentication_type BIGINT NOT NULL,
    secrets_sealed {blob} NOT NULL,
    timeout_seconds BIGINT NOT NULL,
    max_retry_count BIGINT NOT NULL,
    is_active BIGINT NOT NULL,
    starts_after_sequence_no BIGINT NOT NULL,
    creation_time BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) {without_rowid};

CREATE TABLE webhook_delivery (
    tenant_id BIGINT NOT NULL,
    webhook_id BIGINT NOT NULL,
    id {integer_key},
    event_sequence_no BIGINT NOT NULL,
    event_kind BIGINT NOT NULL,
    stream_id BIGINT NOT NULL,
    state BIGINT NOT NULL,
    attempt_count BIGINT NOT NULL,
    last_status BIGINT NOT NULL,
    last_error TEXT NOT NULL,
    next_attempt_at BIGINT,
    created_at BIGINT NOT NULL,
    delivered_at BIGINT,
    UNIQUE (webhook_id, event_sequence_no)
);

CREATE TABLE fan_out_cursor (
    id {integer_key},
    sequence_no BIGINT NOT NULL,
    version BIGINT NOT NULL,
    holder_node BIGINT NOT NULL,
    held_until BIGINT NOT NULL
);

-- What lists and look-ups read by.
CREATE INDEX user_account_uuid ON user_account (user_uuid);
CREATE INDEX stored_reply_created ON stored_reply (created_at);
CREATE INDEX customer_created ON customer (tenant_id, creation_time);
CREATE INDEX refresh_token_expiry ON refresh_token (expires_at);
CREATE INDEX card_bin_range_bin ON card_bin_range (bin_id);
CREATE INDEX card_account_customer ON card_account (tenant_id, customer_id);
CREATE INDEX card_token ON card (tenant_id, token_id);
CREATE INDEX card_customer ON card (tenant_id, customer_id, token_id);
CREATE INDEX card_number_draw ON card_number (bin_range_id, draw_no);
CREATE INDEX card_product_code ON card (tenant_id, card_product_code, token_id);
CREATE INDEX card_transaction_account ON card_transaction (account_id, transaction_id);
CREATE INDEX webhook_delivery_due ON webhook_delivery (webhook_id, state, next_attempt_at);
CREATE INDEX webhook_delivery_stream ON webhook_delivery (webhook_id, stream_id, state, event_sequence_no);
CREATE INDEX webhook_delivery_webhook ON webhook_delivery (tenant_id, webhook_id, id);
