-- SQLite has no statistics of its own here, and thinks that an institution has ten rows of anything: it would read all
-- its orders to find those of one card, and all customers to find the few companies. So it is told once what such tables
-- look like when they are large.
ANALYZE issuance;
ANALYZE customer;
ANALYZE card;
DELETE FROM sqlite_stat1 WHERE tbl IN ('issuance', 'delivery', 'customer', 'card');
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('issuance', 'issuance', '1000000 1000000 1'),
    ('issuance', 'sqlite_autoindex_issuance_2', '1000000 1000000 1'),
    ('issuance', 'issuance_card', '1000000 1000000 2 1'),
    ('issuance', 'issuance_office', '1000000 1000000 100000 1'),
    ('issuance', 'issuance_office_status', '1000000 1000000 100000 10000 1'),
    ('issuance', 'issuance_status', '1000000 1000000 100000 1'),
    ('customer', 'customer', '1000000 1000000 1'),
    ('customer', 'sqlite_autoindex_customer_2', '1000000 1000000 1'),
    ('customer', 'customer_type_id', '1000000 1000000 300000 1'),
    ('customer', 'customer_segment_id', '1000000 1000000 10000 1'),
    ('customer', 'customer_name', '1000000 1000000 5000 1'),
    ('customer', 'customer_surname', '1000000 1000000 5000 1'),
    ('card', 'card', '1000000 2 1'),
    ('card', 'card_token', '1000000 1000000 1'),
    ('card', 'card_customer', '1000000 1000000 2 1'),
    ('card', 'card_customer_no', '1000000 1000000 2 1'),
    ('card', 'card_product_code', '1000000 1000000 100000 1'),
    ('card', 'card_barcode', '1000000 1000000 1'),
    ('card', 'card_expiry', '1000000 1000000 20000 5000 1'),
    ('card', 'card_expire_token', '1000000 1000000 20000 1'),
    ('card', 'card_status_token', '1000000 1000000 300000 1'),
    ('card', 'card_noname', '1000000 1000000 500000 1'),
    ('card', 'card_masked', '1000000 1000000 100 1'),
    ('delivery', 'delivery', '1000000 1000000 1'),
    ('delivery', 'delivery_card', '1000000 1000000 2 1');
ANALYZE sqlite_schema;
