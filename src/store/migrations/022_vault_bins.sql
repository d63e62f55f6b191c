-- The card vault's BIN table, imported as a whole (takas vault bins import).
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
