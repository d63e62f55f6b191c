-- Keys of card security: key blocks under the HSM's local master key, which lies outside the database.

CREATE TABLE payment_key (
    tenant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    label TEXT NOT NULL,
    usage BIGINT NOT NULL,
    algorithm BIGINT NOT NULL,
    mode_of_use BIGINT NOT NULL,
    exportability BIGINT NOT NULL,
    key_version_no BIGINT NOT NULL,
    key_index BIGINT NOT NULL,
    bin TEXT NOT NULL,
    kcv TEXT NOT NULL,
    state BIGINT NOT NULL,
    key_block TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    creator_id TEXT NOT NULL,
    destroyed_at BIGINT,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, usage, label, bin, key_index, key_version_no)
) {without_rowid};
