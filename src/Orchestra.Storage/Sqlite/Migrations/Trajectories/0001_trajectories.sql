CREATE TABLE trajectory (
    id         TEXT    NOT NULL,
    tenant     TEXT    NOT NULL,
    started_at INTEGER NOT NULL, -- milliseconds since 1970, UTC
    body       BLOB    NOT NULL  -- JSON, UTF-8
) STRICT;

CREATE UNIQUE INDEX trajectory_id ON trajectory (id);
CREATE INDEX trajectory_started ON trajectory (started_at);
