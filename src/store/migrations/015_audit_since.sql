-- Since when every card and product begins with an audit record: when the tables of the log were made. What is older has
-- no chain, and `takas verify` does not miss one.
INSERT INTO meta (name, value) SELECT 'audit_since', applied_at || '' FROM schema_migration WHERE version = 11;
