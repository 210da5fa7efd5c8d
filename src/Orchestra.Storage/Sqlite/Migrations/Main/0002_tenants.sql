CREATE TABLE tenant (
    id         TEXT    NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    created_at INTEGER NOT NULL -- milliseconds since 1970, UTC
) STRICT, WITHOUT ROWID;

CREATE TABLE api_key (
    id          TEXT    NOT NULL PRIMARY KEY,
    tenant      TEXT    NOT NULL REFERENCES tenant (id),
    secret_hash BLOB    NOT NULL CHECK (length(secret_hash) = 32),
    created_at  INTEGER NOT NULL -- milliseconds since 1970, UTC
) STRICT, WITHOUT ROWID;

CREATE INDEX api_key_tenant ON api_key (tenant);

-- Values of the installation's own, such as the admin key's hash: written once.
CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
