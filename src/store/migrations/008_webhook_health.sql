-- How a subscription fares, and the replay it may be in the middle of. A replay's rows are made by the server that
-- delivers, page by page; where it stands is kept here.

ALTER TABLE webhook ADD COLUMN switched_off BIGINT NOT NULL DEFAULT 0;
ALTER TABLE webhook ADD COLUMN switched_off_at BIGINT;
ALTER TABLE webhook ADD COLUMN failing_since BIGINT;
ALTER TABLE webhook ADD COLUMN replay_since BIGINT;
ALTER TABLE webhook ADD COLUMN replay_after_sequence_no BIGINT NOT NULL DEFAULT 0;
ALTER TABLE webhook ADD COLUMN replay_until_sequence_no BIGINT NOT NULL DEFAULT 0;
