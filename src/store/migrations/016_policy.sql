-- Controls, limits, fees and taxes with their links and versions; what cards have used of their limits; what was
-- considered with a decision; exchange rates with two sides and an end (docs/adr/0017).

ALTER TABLE card ADD COLUMN velocity_limits TEXT NOT NULL DEFAULT '[]';
ALTER TABLE card_product ADD COLUMN currency_markup_bps BIGINT NOT NULL DEFAULT 0;
ALTER TABLE card_transaction ADD COLUMN fee_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE card_transaction ADD COLUMN policy_record {blob};
ALTER TABLE tenant ADD COLUMN may_card_limit_exceed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE exchange_rate ADD COLUMN buy_rate TEXT;
ALTER TABLE exchange_rate ADD COLUMN sell_rate TEXT;
ALTER TABLE exchange_rate ADD COLUMN valid_to BIGINT;

CREATE TABLE authorization_control (
    tenant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    rule TEXT NOT NULL,
    criteria TEXT NOT NULL,
    action BIGINT NOT NULL,
    response_code BIGINT,
    priority BIGINT NOT NULL,
    effective_from BIGINT,
    effective_to BIGINT,
    tenant_wide BIGINT NOT NULL,
    is_active BIGINT NOT NULL,
    active_version_no BIGINT NOT NULL,
    version BIGINT NOT NULL,
    creation_time BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, name)
) {without_rowid};

CREATE TABLE velocity_control (
    tenant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    rule TEXT NOT NULL,
    criteria TEXT NOT NULL,
    period BIGINT NOT NULL,
    currency BIGINT,
    limit_amount TEXT,
    limit_count BIGINT,
    min_amount TEXT,
    response_code BIGINT,
    effective_from BIGINT,
    effective_to BIGINT,
    tenant_wide BIGINT NOT NULL,
    is_active BIGINT NOT NULL,
    active_version_no BIGINT NOT NULL,
    version BIGINT NOT NULL,
    creation_time BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, name)
) {without_rowid};

CREATE TABLE control_link (
    tenant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    family BIGINT NOT NULL,
    control_id BIGINT NOT NULL,
    level BIGINT NOT NULL,
    token_id BIGINT NOT NULL,
    card_product_code TEXT NOT NULL,
    card_product_group_id BIGINT NOT NULL,
    customer_segment_id BIGINT NOT NULL,
    rule TEXT NOT NULL,
    creation_time BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, family, control_id, level, token_id, card_product_code, card_product_group_id,
            customer_segment_id)
) {without_rowid};

CREATE TABLE control_version (
    tenant_id BIGINT NOT NULL,
    family BIGINT NOT NULL,
    control_id BIGINT NOT NULL,
    version_no BIGINT NOT NULL,
    state BIGINT NOT NULL,
    definition TEXT NOT NULL,
    user_id TEXT NOT NULL,
    user_name TEXT NOT NULL,
    creation_time BIGINT NOT NULL,
    active_since BIGINT,
    active_until BIGINT,
    PRIMARY KEY (tenant_id, family, control_id, version_no)
) {without_rowid};

-- The few drafts in shadow among all versions that were ever kept: every server asks for them after each change.
CREATE INDEX control_version_state ON control_version (state);

CREATE TABLE card_usage (
    tenant_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    token_id BIGINT NOT NULL,
    counters {blob} NOT NULL,
    PRIMARY KEY (account_id, token_id)
) {without_rowid};

CREATE TABLE tax (
    tenant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    rate TEXT NOT NULL,
    is_active BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, name)
) {without_rowid};

CREATE TABLE transaction_fee (
    tenant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    rule TEXT NOT NULL,
    min TEXT,
    max TEXT,
    rate TEXT,
    amount TEXT,
    effective_from BIGINT,
    effective_to BIGINT,
    criteria TEXT NOT NULL,
    tax_inclusion_mode BIGINT NOT NULL,
    tenant_wide BIGINT NOT NULL,
    version BIGINT NOT NULL,
    creation_time BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, name)
) {without_rowid};

CREATE TABLE card_issuance_fee (
    tenant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    rule TEXT NOT NULL,
    amount TEXT NOT NULL,
    currency BIGINT,
    issuance_type BIGINT,
    physical_type BIGINT,
    effective_from BIGINT,
    effective_to BIGINT,
    tax_inclusion_mode BIGINT NOT NULL,
    free_count BIGINT NOT NULL,
    tenant_wide BIGINT NOT NULL,
    version BIGINT NOT NULL,
    creation_time BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, name)
) {without_rowid};

CREATE TABLE card_annual_fee (
    tenant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    rule TEXT NOT NULL,
    amount TEXT NOT NULL,
    currency BIGINT,
    first_year_free BIGINT NOT NULL,
    charge_month_offset BIGINT NOT NULL,
    charge_period BIGINT NOT NULL,
    child_card_amount TEXT,
    effective_from BIGINT,
    effective_to BIGINT,
    tax_inclusion_mode BIGINT NOT NULL,
    tenant_wide BIGINT NOT NULL,
    version BIGINT NOT NULL,
    creation_time BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, name)
) {without_rowid};
