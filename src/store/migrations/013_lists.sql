-- What lists of cards and customers filter and sort by, each with the newest found without reading the rest.
CREATE INDEX card_status_token ON card (tenant_id, status, token_id);
CREATE INDEX card_expire_token ON card (tenant_id, expire_date, token_id);
CREATE INDEX card_noname ON card (tenant_id, is_noname, token_id);
CREATE INDEX card_masked ON card (tenant_id, masked_card_no, token_id);
CREATE INDEX card_customer_no ON card (tenant_id, customer_no, token_id);
-- Ids rise with time.
DROP INDEX customer_created;
CREATE INDEX customer_type_id ON customer (tenant_id, type, id);
