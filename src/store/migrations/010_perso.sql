-- Orders of printed cards, their deliveries, and which orders were in which personalisation file.

CREATE TABLE issuance (
    tenant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    token_id BIGINT NOT NULL,
    barcode TEXT NOT NULL,
    masked_card_no TEXT NOT NULL,
    customer_no TEXT NOT NULL,
    card_product_code TEXT NOT NULL,
    issuance_type BIGINT NOT NULL,
    status BIGINT NOT NULL,
    perso_office_code TEXT NOT NULL,
    courier_code TEXT NOT NULL,
    delivery_type BIGINT,
    card_art_id BIGINT NOT NULL,
    letter_code TEXT NOT NULL,
    expire_date BIGINT NOT NULL,
    pan_sequence_no BIGINT NOT NULL,
    personalized_name_line_1 TEXT NOT NULL,
    personalized_name_line_2 TEXT NOT NULL,
    delivery_address TEXT,
    delivery_communication TEXT,
    ordered_on BIGINT NOT NULL,
    request_time BIGINT NOT NULL,
    last_status_time BIGINT NOT NULL,
    creator_id TEXT NOT NULL,
    file_id BIGINT NOT NULL,
    file_name TEXT NOT NULL,
    error_description TEXT NOT NULL,
    history TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, barcode)
) {without_rowid};
CREATE INDEX issuance_card ON issuance (tenant_id, token_id, id);
CREATE INDEX issuance_office ON issuance (tenant_id, perso_office_code, id);
CREATE INDEX issuance_office_status ON issuance (tenant_id, perso_office_code, status, id);
CREATE INDEX issuance_status ON issuance (tenant_id, status, id);

CREATE TABLE delivery (
    tenant_id BIGINT NOT NULL,
    barcode TEXT NOT NULL,
    issuance_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    token_id BIGINT NOT NULL,
    masked_card_no TEXT NOT NULL,
    courier_code TEXT NOT NULL,
    courier_no TEXT NOT NULL,
    status BIGINT NOT NULL,
    status_description TEXT NOT NULL,
    status_time BIGINT NOT NULL,
    receiver_name TEXT NOT NULL,
    receiver_relation TEXT NOT NULL,
    branch TEXT NOT NULL,
    not_found_count BIGINT NOT NULL,
    delivery_address TEXT,
    creation_time BIGINT NOT NULL,
    history TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, barcode)
) {without_rowid};
CREATE INDEX delivery_card ON delivery (tenant_id, token_id, issuance_id);

CREATE TABLE perso_file (
    tenant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    perso_office_code TEXT NOT NULL,
    file_on BIGINT NOT NULL,
    file_no BIGINT NOT NULL,
    file_name TEXT NOT NULL,
    card_count BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    creation_time BIGINT NOT NULL,
    creator_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, perso_office_code, file_on, file_no)
) {without_rowid};

CREATE TABLE perso_file_line (
    tenant_id BIGINT NOT NULL,
    file_id BIGINT NOT NULL,
    issuance_id BIGINT NOT NULL,
    outcome BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, file_id, issuance_id)
) {without_rowid};

-- Cards that expire soon are found without looking through the others.
CREATE INDEX card_expiry ON card (tenant_id, expire_date, status, token_id);
