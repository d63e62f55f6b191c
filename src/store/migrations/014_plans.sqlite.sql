-- SQLite has no statistics of its own here, and thinks that an institution has ten rows of anything: it would read all its
-- orders to find those of one card. So it is told once what such tables look like when they are large.
ANALYZE issuance;
DELETE FROM sqlite_stat1 WHERE tbl IN ('issuance', 'delivery');
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('issuance', 'issuance', '1000000 1000000 1'),
    ('issuance', 'sqlite_autoindex_issuance_2', '1000000 1000000 1'),
    ('issuance', 'issuance_card', '1000000 1000000 2 1'),
    ('issuance', 'issuance_office', '1000000 1000000 100000 1'),
    ('issuance', 'issuance_office_status', '1000000 1000000 100000 10000 1'),
    ('issuance', 'issuance_status', '1000000 1000000 100000 1'),
    ('delivery', 'delivery', '1000000 1000000 1'),
    ('delivery', 'delivery_card', '1000000 1000000 2 1');
ANALYZE sqlite_schema;
