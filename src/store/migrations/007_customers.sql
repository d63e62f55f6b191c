-- Customers are searched and sorted by the keys of their names (core/text), segments have a table, notes are kept.

ALTER TABLE customer ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
ALTER TABLE customer ADD COLUMN surname_key TEXT NOT NULL DEFAULT '';

-- The keys of customers that are there already: small letters as in Turkish, circumflexes away, then every letter
-- becomes its place in the alphabet, which the letters from U+0250 on stand for. In steps: no parser has to nest
-- deeply.
UPDATE customer SET
    name_key =
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(name
        ,'I','ı'),'İ','i'),'Ç','ç'),'Ğ','ğ'),'Ö','ö'),'Ş','ş'),'Ü','ü'),'Â','a'),'â','a'),'Î','i'),'î','i'),'Û','u')
        ,'û','u'),
    surname_key =
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
        surname,'I','ı'),'İ','i'),'Ç','ç'),'Ğ','ğ'),'Ö','ö'),'Ş','ş'),'Ü','ü'),'Â','a'),'â','a'),'Î','i'),'î','i')
        ,'Û','u'),'û','u');
UPDATE customer SET name_key = lower(name_key), surname_key = lower(surname_key);
UPDATE customer SET
    name_key =
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
        replace(replace(replace(name_key,'a','ɐ'),'b','ɑ'),'c','ɒ'),'ç','ɓ'),'d','ɔ'),'e','ɕ'),'f','ɖ'),'g','ɗ')
        ,'ğ','ɘ'),'h','ə'),'ı','ɚ'),'i','ɛ'),'j','ɜ'),'k','ɝ'),'l','ɞ'),'m','ɟ'),
    surname_key =
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
        replace(replace(replace(surname_key,'a','ɐ'),'b','ɑ'),'c','ɒ'),'ç','ɓ'),'d','ɔ'),'e','ɕ'),'f','ɖ'),'g','ɗ')
        ,'ğ','ɘ'),'h','ə'),'ı','ɚ'),'i','ɛ'),'j','ɜ'),'k','ɝ'),'l','ɞ'),'m','ɟ');
UPDATE customer SET
    name_key =
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
        replace(replace(replace(name_key,'n','ɠ'),'o','ɡ'),'ö','ɢ'),'p','ɣ'),'q','ɤ'),'r','ɥ'),'s','ɦ'),'ş','ɧ')
        ,'t','ɨ'),'u','ɩ'),'ü','ɪ'),'v','ɫ'),'w','ɬ'),'x','ɭ'),'y','ɮ'),'z','ɯ'),
    surname_key =
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
        replace(replace(replace(surname_key,'n','ɠ'),'o','ɡ'),'ö','ɢ'),'p','ɣ'),'q','ɤ'),'r','ɥ'),'s','ɦ'),'ş','ɧ')
        ,'t','ɨ'),'u','ɩ'),'ü','ɪ'),'v','ɫ'),'w','ɬ'),'x','ɭ'),'y','ɮ'),'z','ɯ');

CREATE INDEX customer_name ON customer (tenant_id, name_key, id);
CREATE INDEX customer_surname ON customer (tenant_id, surname_key, id);
CREATE INDEX customer_segment_id ON customer (tenant_id, segment_id, id);

CREATE TABLE customer_segment (
    tenant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    name_key TEXT NOT NULL,
    version BIGINT NOT NULL,
    creation_time BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, name)
) {without_rowid};

CREATE TABLE user_note (
    tenant_id BIGINT NOT NULL,
    entity_type BIGINT NOT NULL,
    entity_id TEXT NOT NULL,
    id BIGINT NOT NULL,
    note TEXT NOT NULL,
    creator_id TEXT NOT NULL,
    creator_user_name TEXT NOT NULL,
    creation_time BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, entity_type, entity_id, id)
) {without_rowid};
