-- What the vault's cards look like when there are many (see 014_plans): an owner has a few of a merchant's million.
ANALYZE vault_card;
DELETE FROM sqlite_stat1 WHERE tbl = 'vault_card';
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('vault_card', 'vault_card', '1000000 1000000 1'),
    ('vault_card', 'sqlite_autoindex_vault_card_2', '1000000 1000000 1'),
    ('vault_card', 'vault_card_owner', '1000000 1000000 2 1'),
    ('vault_card', 'vault_card_key_version', '1000000 1000000 500000 1');
ANALYZE sqlite_schema;
