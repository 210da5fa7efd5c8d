-- Queries of a canary's stage that clients may still speak of; each leaves this table for the sums when its time is over.
CREATE TABLE policy_awaiting (
    trajectory  TEXT    NOT NULL PRIMARY KEY,
    version     INTEGER NOT NULL,
    is_canary   INTEGER NOT NULL CHECK (is_canary IN (0, 1)),
    is_rejected INTEGER NOT NULL CHECK (is_rejected IN (0, 1)),
    ended_at    INTEGER NOT NULL -- milliseconds since 1970, UTC
) STRICT;

CREATE INDEX policy_awaiting_ended ON policy_awaiting (ended_at, trajectory);

ALTER TABLE policy_tally ADD COLUMN active_heard INTEGER NOT NULL DEFAULT 0;
ALTER TABLE policy_tally ADD COLUMN active_heard_rejections INTEGER NOT NULL DEFAULT 0;
ALTER TABLE policy_tally ADD COLUMN canary_heard INTEGER NOT NULL DEFAULT 0;
ALTER TABLE policy_tally ADD COLUMN canary_heard_rejections INTEGER NOT NULL DEFAULT 0;
