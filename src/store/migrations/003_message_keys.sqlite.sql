-- The keys that card_transaction made unique itself move to transaction_key, and get the hour of the message in front:
-- four octets, 0 for a load (22) or unload (23). SQLite drops a table's UNIQUE only with the table.

CREATE TABLE octet (number INTEGER PRIMARY KEY, value {blob} NOT NULL);
WITH RECURSIVE counter(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counter WHERE n < 255),
octets(all_of_them) AS (SELECT CAST(
    X'000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F' ||
    X'202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F' ||
    X'404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F' ||
    X'606162636465666768696A6B6C6D6E6F707172737475767778797A7B7C7D7E7F' ||
    X'808182838485868788898A8B8C8D8E8F909192939495969798999A9B9C9D9E9F' ||
    X'A0A1A2A3A4A5A6A7A8A9AAABACADAEAFB0B1B2B3B4B5B6B7B8B9BABBBCBDBEBF' ||
    X'C0C1C2C3C4C5C6C7C8C9CACBCCCDCECFD0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF' ||
    X'E0E1E2E3E4E5E6E7E8E9EAEBECEDEEEFF0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF' AS BLOB))
INSERT INTO octet SELECT n, substr(all_of_them, n + 1, 1) FROM counter, octets;

CREATE TABLE claim (transaction_id INTEGER PRIMARY KEY, hour BIGINT NOT NULL);
INSERT INTO claim
SELECT transaction_id,
       CASE WHEN code IN (22, 23) THEN 0 ELSE min(max(local_transaction_time / 3600000000, 1), 4294967294) END
FROM card_transaction WHERE message_key IS NOT NULL;

UPDATE card_transaction SET message_key = (
    SELECT CAST((SELECT value FROM octet WHERE number = hour >> 24) ||
                (SELECT value FROM octet WHERE number = (hour >> 16) & 255) ||
                (SELECT value FROM octet WHERE number = (hour >> 8) & 255) ||
                (SELECT value FROM octet WHERE number = hour & 255) || card_transaction.message_key AS BLOB)
    FROM claim WHERE claim.transaction_id = card_transaction.transaction_id)
WHERE message_key IS NOT NULL;
INSERT INTO transaction_key
SELECT tenant_id, account_id, message_key, transaction_id FROM card_transaction WHERE message_key IS NOT NULL;
DROP TABLE claim;
DROP TABLE octet;

CREATE TABLE card_transaction_new (
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
    facts {blob} NOT NULL
);

INSERT INTO card_transaction_new SELECT * FROM card_transaction;
DROP TABLE card_transaction;
ALTER TABLE card_transaction_new RENAME TO card_transaction;
CREATE INDEX card_transaction_account ON card_transaction (account_id, transaction_id);
