-- Tenants, and what belongs to them. What is deleted stays, since the ledger names it.
CREATE TABLE orchestra.tenant (
    id                  text COLLATE "C" NOT NULL PRIMARY KEY,
    name                text             NOT NULL,
    created_at          bigint           NOT NULL,  -- milliseconds since 1970, UTC
    requests_per_minute int              CHECK (requests_per_minute > 0),
    tokens_per_minute   int              CHECK (tokens_per_minute > 0),
    concurrent_requests int              CHECK (concurrent_requests > 0),
    disabled            int              NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
    deleted_at          bigint,                     -- milliseconds since 1970, UTC
    version             bigint           NOT NULL DEFAULT 1 CHECK (version > 0)
);

CREATE TABLE orchestra.team (
    tenant              text COLLATE "C" NOT NULL REFERENCES orchestra.tenant (id),
    id                  text COLLATE "C" NOT NULL,
    name                text             NOT NULL,
    created_at          bigint           NOT NULL,  -- milliseconds since 1970, UTC
    requests_per_minute int              CHECK (requests_per_minute > 0),
    tokens_per_minute   int              CHECK (tokens_per_minute > 0),
    concurrent_requests int              CHECK (concurrent_requests > 0),
    disabled            int              NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
    deleted_at          bigint,                     -- milliseconds since 1970, UTC
    version             bigint           NOT NULL DEFAULT 1 CHECK (version > 0),
    PRIMARY KEY (tenant, id)
);

CREATE TABLE orchestra.tenant_user (
    tenant              text COLLATE "C" NOT NULL REFERENCES orchestra.tenant (id),
    id                  text COLLATE "C" NOT NULL,
    name                text             NOT NULL,
    created_at          bigint           NOT NULL,  -- milliseconds since 1970, UTC
    requests_per_minute int              CHECK (requests_per_minute > 0),
    tokens_per_minute   int              CHECK (tokens_per_minute > 0),
    concurrent_requests int              CHECK (concurrent_requests > 0),
    disabled            int              NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
    deleted_at          bigint,                     -- milliseconds since 1970, UTC
    version             bigint           NOT NULL DEFAULT 1 CHECK (version > 0),
    PRIMARY KEY (tenant, id)
);

CREATE TABLE orchestra.api_key (
    id                   text COLLATE "C" NOT NULL PRIMARY KEY,
    tenant               text COLLATE "C" NOT NULL REFERENCES orchestra.tenant (id),
    team                 text COLLATE "C",           -- null where it has none
    tenant_user          text COLLATE "C",           -- null where it has none
    name                 text             NOT NULL,
    created_at           bigint           NOT NULL,  -- milliseconds since 1970, UTC
    secret_hash          bytea            NOT NULL CHECK (length(secret_hash) = 32),
    previous_secret_hash bytea            CHECK (length(previous_secret_hash) = 32),
    previous_until       bigint,                     -- milliseconds since 1970, UTC
    expires_at           bigint,                     -- milliseconds since 1970, UTC
    allowed_experts      text,                       -- a JSON array of names; null for all
    metadata             text             NOT NULL,  -- a JSON object of strings
    requests_per_minute  int              CHECK (requests_per_minute > 0),
    tokens_per_minute    int              CHECK (tokens_per_minute > 0),
    concurrent_requests  int              CHECK (concurrent_requests > 0),
    disabled             int              NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
    deleted_at           bigint,                     -- milliseconds since 1970, UTC
    version              bigint           NOT NULL DEFAULT 1 CHECK (version > 0),
    FOREIGN KEY (tenant, team) REFERENCES orchestra.team (tenant, id),
    FOREIGN KEY (tenant, tenant_user) REFERENCES orchestra.tenant_user (tenant, id)
);

CREATE INDEX api_key_tenant ON orchestra.api_key (tenant);

-- Values of the installation's own, such as the admin key's hash: written once.
CREATE TABLE orchestra.setting (
    name  text  NOT NULL PRIMARY KEY,
    value bytea NOT NULL
);

-- Every change of operators, in the order of the commits.
CREATE TABLE orchestra.audit (
    number       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id           text   NOT NULL UNIQUE,
    at           bigint NOT NULL,  -- milliseconds since 1970, UTC
    who          text   NOT NULL,
    action       text   NOT NULL,
    tenant       text   NOT NULL,
    target       text   NOT NULL,
    state_before text,             -- JSON; null where there was nothing
    state_after  text              -- JSON; null where nothing is left
);

CREATE INDEX audit_tenant ON orchestra.audit (tenant);
CREATE INDEX audit_target ON orchestra.audit (target);

CREATE FUNCTION orchestra.audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is append-only: entries are never changed or deleted';
END $$;

CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON orchestra.audit EXECUTE FUNCTION orchestra.audit_refuse_change();
