CREATE TABLE orchestra.trajectory (
    id         text        NOT NULL PRIMARY KEY,
    tenant     text        NOT NULL,
    started_at timestamptz NOT NULL,
    body       bytea       NOT NULL -- JSON, UTF-8; no json column, which cannot hold every text that a query can
);

CREATE INDEX trajectory_started ON orchestra.trajectory (started_at);
