-- The full life of tenants and keys, and teams and users between them. What is deleted stays, since the ledger names it.
ALTER TABLE tenant ADD COLUMN requests_per_minute INTEGER CHECK (requests_per_minute > 0);
ALTER TABLE tenant ADD COLUMN tokens_per_minute INTEGER CHECK (tokens_per_minute > 0);
ALTER TABLE tenant ADD COLUMN concurrent_requests INTEGER CHECK (concurrent_requests > 0);
ALTER TABLE tenant ADD COLUMN disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1));
ALTER TABLE tenant ADD COLUMN deleted_at INTEGER; -- milliseconds since 1970, UTC
ALTER TABLE tenant ADD COLUMN version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0);

CREATE TABLE team (
    tenant              TEXT    NOT NULL REFERENCES tenant (id),
    id                  TEXT    NOT NULL,
    name                TEXT    NOT NULL,
    created_at          INTEGER NOT NULL, -- milliseconds since 1970, UTC
    requests_per_minute INTEGER CHECK (requests_per_minute > 0),
    tokens_per_minute   INTEGER CHECK (tokens_per_minute > 0),
    concurrent_requests INTEGER CHECK (concurrent_requests > 0),
    disabled            INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
    deleted_at          INTEGER,          -- milliseconds since 1970, UTC
    version             INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
    PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE tenant_user (
    tenant              TEXT    NOT NULL REFERENCES tenant (id),
    id                  TEXT    NOT NULL,
    name                TEXT    NOT NULL,
    created_at          INTEGER NOT NULL, -- milliseconds since 1970, UTC
    requests_per_minute INTEGER CHECK (requests_per_minute > 0),
    tokens_per_minute   INTEGER CHECK (tokens_per_minute > 0),
    concurrent_requests INTEGER CHECK (concurrent_requests > 0),
    disabled            INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
    deleted_at          INTEGER,          -- milliseconds since 1970, UTC
    version             INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
    PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;

-- Made anew, since a column that is added cannot be half of a foreign key.
CREATE TABLE new_api_key (
    id                   TEXT    NOT NULL PRIMARY KEY,
    tenant               TEXT    NOT NULL REFERENCES tenant (id),
    team                 TEXT,             -- null where it has none
    tenant_user          TEXT,             -- null where it has none
    name                 TEXT    NOT NULL,
    created_at           INTEGER NOT NULL, -- milliseconds since 1970, UTC
    secret_hash          BLOB    NOT NULL CHECK (length(secret_hash) = 32),
    previous_secret_hash BLOB    CHECK (length(previous_secret_hash) = 32),
    previous_until       INTEGER,          -- milliseconds since 1970, UTC
    expires_at           INTEGER,          -- milliseconds since 1970, UTC
    allowed_experts      TEXT,             -- a JSON array of names; null for all
    metadata             TEXT    NOT NULL, -- a JSON object of strings
    requests_per_minute  INTEGER CHECK (requests_per_minute > 0),
    tokens_per_minute    INTEGER CHECK (tokens_per_minute > 0),
    concurrent_requests  INTEGER CHECK (concurrent_requests > 0),
    disabled             INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
    deleted_at           INTEGER,          -- milliseconds since 1970, UTC
    version              INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
    FOREIGN KEY (tenant, team) REFERENCES team (tenant, id),
    FOREIGN KEY (tenant, tenant_user) REFERENCES tenant_user (tenant, id)
) STRICT, WITHOUT ROWID;

INSERT INTO new_api_key (id, tenant, name, created_at, secret_hash, metadata)
SELECT id, tenant, '', created_at, secret_hash, '{}' FROM api_key;

DROP TABLE api_key;
ALTER TABLE new_api_key RENAME TO api_key;
CREATE INDEX api_key_tenant ON api_key (tenant);

-- Every change of operators, in the order of the commits.
CREATE TABLE audit (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT    NOT NULL UNIQUE,
    at           INTEGER NOT NULL, -- milliseconds since 1970, UTC
    who          TEXT    NOT NULL,
    action       TEXT    NOT NULL,
    tenant       TEXT    NOT NULL,
    target       TEXT    NOT NULL,
    state_before TEXT,             -- JSON; null where there was nothing
    state_after  TEXT              -- JSON; null where nothing is left
) STRICT;

CREATE INDEX audit_tenant ON audit (tenant);
CREATE INDEX audit_target ON audit (target);

CREATE TRIGGER audit_is_not_updated BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only: entries are never changed');
END;

CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only: entries are never deleted');
END;
