-- Every level and window in one account: entries name their payer, their scope and what else they are about, and the ends of a reservation share its id.
DROP TRIGGER ledger_is_not_updated;
DROP TRIGGER ledger_is_not_deleted;
DROP INDEX ledger_operation;
ALTER TABLE ledger RENAME TO ledger_before;

CREATE TABLE ledger (
    tenant         TEXT    NOT NULL,
    version        INTEGER NOT NULL CHECK (version > 0),
    at             INTEGER NOT NULL, -- milliseconds since 1970, UTC
    kind           INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 11),
    operation_id   TEXT    NOT NULL,
    reservation_id TEXT,             -- null where it is the operation's id, or there is none
    amount         INTEGER NOT NULL, -- nano-dollars
    until          INTEGER,          -- milliseconds since 1970, UTC
    team           TEXT,
    user           TEXT,
    key_id         TEXT,             -- null where nobody pays
    expert         TEXT,
    trajectory_id  TEXT,
    level          INTEGER,          -- null where the entry is about no budget
    scope          TEXT,
    window         INTEGER,
    detail         TEXT,
    PRIMARY KEY (tenant, version)
) STRICT;

INSERT INTO ledger
SELECT tenant, version, at,
    CASE WHEN kind = 4 AND operation_id = reservation_id || '/release' THEN 6 ELSE kind END,
    CASE WHEN kind IN (4, 5) THEN reservation_id ELSE operation_id END,
    CASE WHEN kind = 3 THEN reservation_id END,
    -- There was one limit at a time: one that a later one of another window replaced is none now.
    CASE WHEN kind = 1 AND EXISTS (
        SELECT 1 FROM ledger_before AS later
        WHERE later.tenant = entry.tenant AND later.kind = 1 AND later.version > entry.version AND later.window <> entry.window)
        THEN 9223372036854775807 ELSE amount END,
    lease_until, NULL, NULL,
    CASE WHEN kind IN (2, 4, 5) THEN key_id END, nullif(expert, ''), nullif(trajectory_id, ''),
    CASE WHEN kind = 1 THEN 0 END, NULL, CASE WHEN kind = 1 THEN window END, NULL
FROM ledger_before AS entry ORDER BY entry.rowid;

DROP TABLE ledger_before;

-- An operation counts once, however late it is repeated; the ends of a reservation carry its id, each in a slot of its own. The id comes first, because
-- ids are ordered by time: new ones of all tenants share pages.
CREATE UNIQUE INDEX ledger_operation ON ledger (operation_id, CASE WHEN kind IN (4, 5, 6) THEN kind ELSE 0 END, tenant);

-- States that rolled-up rows led to: what comes before them has been summed up and may go.
CREATE TABLE ledger_opening (
    tenant  TEXT    NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    state   TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER ledger_is_not_updated BEFORE UPDATE ON ledger
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: entries are never changed');
END;

CREATE TRIGGER ledger_is_not_deleted BEFORE DELETE ON ledger
WHEN OLD.version > coalesce((SELECT version FROM ledger_opening WHERE tenant = OLD.tenant), 0)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: only entries that were rolled up go');
END;

-- Snapshots of the old form are not read any more.
DELETE FROM ledger_snapshot;
