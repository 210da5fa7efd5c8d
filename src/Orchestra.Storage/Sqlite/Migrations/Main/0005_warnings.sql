-- Warnings that still have to be delivered; they go in with the commit that records them.
CREATE TABLE warning_outbox (
    tenant   TEXT    NOT NULL,
    version  INTEGER NOT NULL,
    due_at   INTEGER NOT NULL, -- milliseconds since 1970, UTC
    tries    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant, version)
) STRICT, WITHOUT ROWID;

CREATE INDEX warning_outbox_due ON warning_outbox (due_at);
