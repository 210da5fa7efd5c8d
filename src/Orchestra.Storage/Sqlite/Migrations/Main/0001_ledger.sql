-- One sequence of entries for each tenant. The primary key is the compare-and-swap: two hosts cannot both write a version.
-- Rows lie in the order of their commits, so that one commit of many tenants writes few pages.
CREATE TABLE ledger (
    tenant         TEXT    NOT NULL,
    version        INTEGER NOT NULL CHECK (version > 0),
    at             INTEGER NOT NULL, -- milliseconds since 1970, UTC
    kind           INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 5),
    operation_id   TEXT    NOT NULL,
    reservation_id TEXT    NOT NULL,
    amount         INTEGER NOT NULL, -- nano-dollars
    window         INTEGER NOT NULL,
    lease_until    INTEGER,          -- milliseconds since 1970, UTC
    key_id         TEXT    NOT NULL,
    expert         TEXT    NOT NULL,
    trajectory_id  TEXT    NOT NULL,
    PRIMARY KEY (tenant, version)
) STRICT;

-- An operation counts once, however late it is repeated. The id comes first, because ids are ordered by time: new ones of all tenants share pages.
CREATE UNIQUE INDEX ledger_operation ON ledger (operation_id, tenant);

CREATE TRIGGER ledger_is_not_updated BEFORE UPDATE ON ledger
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: entries are never changed');
END;

CREATE TRIGGER ledger_is_not_deleted BEFORE DELETE ON ledger
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: entries are never deleted');
END;

-- States of accounts, so that loading one need not read its ledger from the first row; the ledger holds the truth.
CREATE TABLE ledger_snapshot (
    tenant  TEXT    NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    state   TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
