-- Policies that conductors decide with; what is there is never changed.
CREATE TABLE conductor_policy (
    id       TEXT NOT NULL PRIMARY KEY,
    added_at INTEGER NOT NULL, -- milliseconds since 1970, UTC
    card     TEXT NOT NULL, -- the model card, a JSON object
    size     INTEGER NOT NULL CHECK (size > 0),
    file     BLOB NOT NULL
) STRICT;

CREATE INDEX conductor_policy_added ON conductor_policy (added_at);

-- Which policy serves and which one is on its way: the last row says it, all of them are its log. The key is what makes one of two changes at once fail.
CREATE TABLE policy_rollout (
    version     INTEGER NOT NULL PRIMARY KEY CHECK (version > 0),
    at          INTEGER NOT NULL, -- milliseconds since 1970, UTC
    action      TEXT NOT NULL,
    who         TEXT NOT NULL,
    reason      TEXT,
    active      TEXT, -- null where the fallback conductor serves
    candidate   TEXT, -- null where there is none
    stage       INTEGER NOT NULL,
    share       REAL NOT NULL CHECK (share >= 0 AND share <= 1),
    previous    TEXT,
    can_go_back INTEGER NOT NULL CHECK (can_go_back IN (0, 1))
) STRICT;

-- What queries came to, by the version of the rollout at which they began.
CREATE TABLE policy_tally (
    version                INTEGER NOT NULL PRIMARY KEY,
    active_queries         INTEGER NOT NULL,
    active_rejections      INTEGER NOT NULL,
    active_dollars         REAL NOT NULL,
    active_squared_dollars REAL NOT NULL,
    active_seconds         REAL NOT NULL,
    canary_queries         INTEGER NOT NULL,
    canary_rejections      INTEGER NOT NULL,
    canary_dollars         REAL NOT NULL,
    canary_squared_dollars REAL NOT NULL,
    canary_seconds         REAL NOT NULL,
    shadow_decisions       INTEGER NOT NULL,
    shadow_agreements      INTEGER NOT NULL
) STRICT;

CREATE TRIGGER policy_rollout_is_not_updated BEFORE UPDATE ON policy_rollout
BEGIN
    SELECT RAISE(ABORT, 'the log of rollouts is append-only: changes are never changed');
END;

CREATE TRIGGER policy_rollout_is_not_deleted BEFORE DELETE ON policy_rollout
BEGIN
    SELECT RAISE(ABORT, 'the log of rollouts is append-only: changes are never deleted');
END;
