-- The ends of a reservation carry its id as their operation's id, each in a slot of its own; every other operation is in slot 0.
CREATE FUNCTION orchestra.ledger_slot(kind smallint) RETURNS smallint LANGUAGE sql IMMUTABLE AS
    'SELECT CASE WHEN kind IN (4, 5, 6) THEN kind ELSE 0::smallint END';

-- One sequence of entries for each tenant. Fixed-size columns come first, so that no space is lost between columns.
CREATE TABLE orchestra.ledger (
    version        bigint      NOT NULL CHECK (version > 0),
    at             timestamptz NOT NULL,
    amount         bigint      NOT NULL, -- nano-dollars
    until          timestamptz,
    kind           smallint    NOT NULL CHECK (kind BETWEEN 1 AND 11),
    slot           smallint    NOT NULL GENERATED ALWAYS AS (orchestra.ledger_slot(kind)) STORED,
    budget_level   smallint,             -- null where the entry is about no budget
    budget_window  smallint,
    tenant         text        COLLATE "C" NOT NULL,
    operation_id   text        COLLATE "C" NOT NULL,
    reservation_id text        COLLATE "C", -- null where it is the operation's id, or there is none
    team           text,
    user_id        text,
    key_id         text,                 -- null where nobody pays
    expert         text,
    trajectory_id  text,
    budget_scope   text,
    detail         text,
    PRIMARY KEY (tenant, version)
);

-- An operation counts once, however late it is repeated. The id comes first, because ids are ordered by time: new ones of all tenants share pages.
CREATE UNIQUE INDEX ledger_operation ON orchestra.ledger (operation_id, slot, tenant);

-- The last version of each tenant: what a host locks before it appends. Half-full pages keep its updates in place.
CREATE TABLE orchestra.ledger_head (
    tenant  text   COLLATE "C" NOT NULL PRIMARY KEY,
    version bigint NOT NULL
) WITH (fillfactor = 50);

-- States of accounts, so that loading one need not read its ledger from the first row; the ledger holds the truth.
CREATE TABLE orchestra.ledger_snapshot (
    tenant  text   COLLATE "C" NOT NULL PRIMARY KEY,
    version bigint NOT NULL,
    state   text   NOT NULL
);

-- States that rolled-up rows led to: what comes before them has been summed up and may go.
CREATE TABLE orchestra.ledger_opening (
    tenant  text   COLLATE "C" NOT NULL PRIMARY KEY,
    version bigint NOT NULL,
    state   text   NOT NULL
);

-- Warnings that still have to be delivered; they go in with the commit that records them.
CREATE TABLE orchestra.warning_outbox (
    tenant  text        COLLATE "C" NOT NULL,
    version bigint      NOT NULL,
    due_at  timestamptz NOT NULL,
    tries   int         NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant, version)
);

CREATE INDEX warning_outbox_due ON orchestra.warning_outbox (due_at);

CREATE FUNCTION orchestra.ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only: entries are never changed';
END $$;

CREATE FUNCTION orchestra.ledger_refuse_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.version > coalesce((SELECT version FROM orchestra.ledger_opening WHERE tenant = OLD.tenant), 0) THEN
        RAISE EXCEPTION 'the ledger is append-only: only entries that were rolled up go';
    END IF;
    RETURN OLD;
END $$;

CREATE TRIGGER ledger_is_not_updated BEFORE UPDATE ON orchestra.ledger EXECUTE FUNCTION orchestra.ledger_refuse_change();
CREATE TRIGGER ledger_is_not_truncated BEFORE TRUNCATE ON orchestra.ledger EXECUTE FUNCTION orchestra.ledger_refuse_change();
CREATE TRIGGER ledger_is_not_deleted BEFORE DELETE ON orchestra.ledger FOR EACH ROW EXECUTE FUNCTION orchestra.ledger_refuse_delete();

-- Appends the entries of any number of tenants, and returns the tenants that are left out: those whose last version is not the one before, and
-- those of which an operation is recorded already. The first three arrays have one element for each tenant, the others one for each entry.
CREATE FUNCTION orchestra.ledger_append(
    tenants text[], befores bigint[], afters bigint[],
    entry_tenants text[], versions bigint[], ats timestamptz[], kinds smallint[], operations text[], reservations text[], amounts bigint[], untils timestamptz[],
    teams text[], users text[], keys text[], experts text[], trajectories text[], levels smallint[], scopes text[], windows smallint[], details text[])
RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    follow text[];
BEGIN
    -- What is answered for must be on the disk, whatever the server's default; a stricter one is left alone.
    IF current_setting('synchronous_commit') = 'off' THEN
        PERFORM set_config('synchronous_commit', 'on', true);
    END IF;

    INSERT INTO orchestra.ledger_head (tenant, version)
    SELECT batch.tenant, 0 FROM unnest(tenants, befores) AS batch (tenant, version) WHERE batch.version = 0 ORDER BY batch.tenant COLLATE "C"
    ON CONFLICT DO NOTHING;

    -- Always in the same order, so that two hosts never wait for each other.
    follow := ARRAY(
        SELECT head.tenant FROM unnest(tenants, befores) AS batch (tenant, version)
        JOIN orchestra.ledger_head AS head ON head.tenant = batch.tenant AND head.version = batch.version
        ORDER BY head.tenant FOR NO KEY UPDATE OF head);

    FOR tries IN 1..2 LOOP
        BEGIN
            INSERT INTO orchestra.ledger (
                tenant, version, at, kind, operation_id, reservation_id, amount, until, team, user_id, key_id, expert, trajectory_id,
                budget_level, budget_scope, budget_window, detail)
            SELECT * FROM unnest(
                entry_tenants, versions, ats, kinds, operations, reservations, amounts, untils, teams, users, keys, experts, trajectories,
                levels, scopes, windows, details) AS entry (tenant)
            WHERE cardinality(follow) = cardinality(tenants) OR entry.tenant = ANY (follow);
            EXIT;
        EXCEPTION WHEN unique_violation THEN
            IF tries = 2 THEN
                RAISE;
            END IF;
            follow := ARRAY(SELECT unnest(follow) EXCEPT (
                SELECT entry.tenant FROM unnest(entry_tenants, operations, kinds) AS entry (tenant, operation_id, kind)
                JOIN orchestra.ledger AS known
                    ON known.operation_id = entry.operation_id AND known.slot = orchestra.ledger_slot(entry.kind) AND known.tenant = entry.tenant
                UNION
                SELECT entry.tenant FROM unnest(entry_tenants, operations, kinds) AS entry (tenant, operation_id, kind)
                GROUP BY entry.tenant, entry.operation_id, orchestra.ledger_slot(entry.kind) HAVING count(*) > 1));
        END;
    END LOOP;

    IF 11 = ANY (kinds) THEN
        INSERT INTO orchestra.warning_outbox (tenant, version, due_at)
        SELECT entry.tenant, entry.version, entry.at FROM unnest(entry_tenants, versions, ats, kinds) AS entry (tenant, version, at, kind)
        WHERE entry.kind = 11 AND entry.tenant = ANY (follow);
    END IF;

    UPDATE orchestra.ledger_head AS head SET version = batch.version FROM unnest(tenants, afters) AS batch (tenant, version)
    WHERE head.tenant = batch.tenant AND (cardinality(follow) = cardinality(tenants) OR batch.tenant = ANY (follow));

    IF cardinality(follow) < cardinality(tenants) THEN
        RETURN QUERY SELECT unnest(tenants) EXCEPT SELECT unnest(follow);
    END IF;
END $$;
