-- Back-tests: what was asked to be tried on the past, how far it is, what came out.

CREATE TABLE backtest_run (
    tenant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    state BIGINT NOT NULL,
    from_at BIGINT NOT NULL,
    to_at BIGINT NOT NULL,
    change TEXT NOT NULL,
    tested TEXT NOT NULL,
    decision_count BIGINT NOT NULL,
    progress_percent BIGINT NOT NULL,
    report TEXT,
    error_code TEXT NOT NULL,
    creator_id TEXT NOT NULL,
    user_name TEXT NOT NULL,
    creation_time BIGINT NOT NULL,
    started_at BIGINT,
    finished_at BIGINT,
    held_until BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) {without_rowid};
CREATE INDEX backtest_run_open ON backtest_run (state, held_until);
