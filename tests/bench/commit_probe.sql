-- One row and its commit: what durability alone costs on this database.
INSERT INTO commit_probe (filler) VALUES ('a row of about the size of a journal entry, written and made durable');
