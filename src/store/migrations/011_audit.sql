-- Products, groups and arts are searched and sorted by the keys of their names (core/text); groups have a version;
-- pictures of arts are kept; who changed what is written in chains (docs/adr/0014).

ALTER TABLE card_product ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
ALTER TABLE card_product_group ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
ALTER TABLE card_art ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
ALTER TABLE card_product_group ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

-- The keys of what is there already, in the same steps as in migration 7.
UPDATE card_product SET name_key =
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
        name,'I','ı'),'İ','i'),'Ç','ç'),'Ğ','ğ'),'Ö','ö'),'Ş','ş'),'Ü','ü'),'Â','a'),'â','a'),'Î','i'),'î','i')
        ,'Û','u'),'û','u');
UPDATE card_product SET name_key = lower(name_key);
UPDATE card_product SET name_key =
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
        replace(replace(replace(name_key,'a','ɐ'),'b','ɑ'),'c','ɒ'),'ç','ɓ'),'d','ɔ'),'e','ɕ'),'f','ɖ'),'g','ɗ')
        ,'ğ','ɘ'),'h','ə'),'ı','ɚ'),'i','ɛ'),'j','ɜ'),'k','ɝ'),'l','ɞ'),'m','ɟ');
UPDATE card_product SET name_key =
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
        replace(replace(replace(name_key,'n','ɠ'),'o','ɡ'),'ö','ɢ'),'p','ɣ'),'q','ɤ'),'r','ɥ'),'s','ɦ'),'ş','ɧ')
        ,'t','ɨ'),'u','ɩ'),'ü','ɪ'),'v','ɫ'),'w','ɬ'),'x','ɭ'),'y','ɮ'),'z','ɯ');
UPDATE card_product_group SET name_key =
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
        name,'I','ı'),'İ','i'),'Ç','ç'),'Ğ','ğ'),'Ö','ö'),'Ş','ş'),'Ü','ü'),'Â','a'),'â','a'),'Î','i'),'î','i')
        ,'Û','u'),'û','u');
UPDATE card_product_group SET name_key = lower(name_key);
UPDATE card_product_group SET name_key =
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
        replace(replace(replace(name_key,'a','ɐ'),'b','ɑ'),'c','ɒ'),'ç','ɓ'),'d','ɔ'),'e','ɕ'),'f','ɖ'),'g','ɗ')
        ,'ğ','ɘ'),'h','ə'),'ı','ɚ'),'i','ɛ'),'j','ɜ'),'k','ɝ'),'l','ɞ'),'m','ɟ');
UPDATE card_product_group SET name_key =
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
        replace(replace(replace(name_key,'n','ɠ'),'o','ɡ'),'ö','ɢ'),'p','ɣ'),'q','ɤ'),'r','ɥ'),'s','ɦ'),'ş','ɧ')
        ,'t','ɨ'),'u','ɩ'),'ü','ɪ'),'v','ɫ'),'w','ɬ'),'x','ɭ'),'y','ɮ'),'z','ɯ');
UPDATE card_art SET name_key =
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
        name,'I','ı'),'İ','i'),'Ç','ç'),'Ğ','ğ'),'Ö','ö'),'Ş','ş'),'Ü','ü'),'Â','a'),'â','a'),'Î','i'),'î','i')
        ,'Û','u'),'û','u');
UPDATE card_art SET name_key = lower(name_key);
UPDATE card_art SET name_key =
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
        replace(replace(replace(name_key,'a','ɐ'),'b','ɑ'),'c','ɒ'),'ç','ɓ'),'d','ɔ'),'e','ɕ'),'f','ɖ'),'g','ɗ')
        ,'ğ','ɘ'),'h','ə'),'ı','ɚ'),'i','ɛ'),'j','ɜ'),'k','ɝ'),'l','ɞ'),'m','ɟ');
UPDATE card_art SET name_key =
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
        replace(replace(replace(name_key,'n','ɠ'),'o','ɡ'),'ö','ɢ'),'p','ɣ'),'q','ɤ'),'r','ɥ'),'s','ɦ'),'ş','ɧ')
        ,'t','ɨ'),'u','ɩ'),'ü','ɪ'),'v','ɫ'),'w','ɬ'),'x','ɭ'),'y','ɮ'),'z','ɯ');

CREATE TABLE card_art_image (
    tenant_id BIGINT NOT NULL,
    art_id BIGINT NOT NULL,
    side BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    width_pixels BIGINT NOT NULL,
    height_pixels BIGINT NOT NULL,
    content {blob} NOT NULL,
    uploaded_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, art_id, side)
);

CREATE TABLE audit_record (
    tenant_id BIGINT NOT NULL,
    subject BIGINT NOT NULL,
    subject_key TEXT NOT NULL,
    record_no BIGINT NOT NULL,
    id BIGINT NOT NULL,
    topic BIGINT NOT NULL,
    action BIGINT NOT NULL,
    service_name TEXT NOT NULL,
    property_changes TEXT NOT NULL,
    user_id TEXT NOT NULL,
    user_name TEXT NOT NULL,
    client_ip_address TEXT NOT NULL,
    correlation_id TEXT NOT NULL,
    execution_time BIGINT NOT NULL,
    previous_hash {blob} NOT NULL,
    hash {blob} NOT NULL,
    PRIMARY KEY (tenant_id, subject, subject_key, record_no)
) {without_rowid};

-- Lists go by topic and time, of one subject or one user too.
CREATE INDEX audit_record_topic ON audit_record (tenant_id, topic, id);
CREATE INDEX audit_record_subject ON audit_record (tenant_id, topic, subject, subject_key, id);
CREATE INDEX audit_record_user ON audit_record (tenant_id, topic, user_name, id);

CREATE TABLE audit_head (
    tenant_id BIGINT NOT NULL,
    subject BIGINT NOT NULL,
    subject_key TEXT NOT NULL,
    version BIGINT NOT NULL,
    hash {blob} NOT NULL,
    seal TEXT NOT NULL,
    PRIMARY KEY (tenant_id, subject, subject_key)
) {without_rowid};
