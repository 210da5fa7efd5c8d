-- What the settle and expire rows up to a version add up to, so that a report need not read them. An amount is dollars × 10⁹ + nanos: no sum overflows.
CREATE TABLE ledger_spend (
    tenant  TEXT    NOT NULL,
    day     INTEGER NOT NULL, -- days since 1970, UTC
    team    TEXT    NOT NULL,
    user    TEXT    NOT NULL,
    key_id  TEXT    NOT NULL,
    expert  TEXT    NOT NULL,
    dollars INTEGER NOT NULL,
    nanos   INTEGER NOT NULL,
    calls   INTEGER NOT NULL,
    PRIMARY KEY (tenant, day, team, user, key_id, expert)
) STRICT, WITHOUT ROWID;

-- The last row that a tenant's sums hold.
CREATE TABLE ledger_spend_head (
    tenant  TEXT    NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
