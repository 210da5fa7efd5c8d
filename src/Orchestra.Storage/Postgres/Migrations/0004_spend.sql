-- What the settle and expire rows up to a version add up to, so that a report need not read them. 38 digits always fit in 128 bits.
CREATE TABLE orchestra.ledger_spend (
    nanos   numeric(38, 0)   NOT NULL, -- nano-dollars
    calls   bigint           NOT NULL,
    day     date             NOT NULL, -- UTC
    tenant  text COLLATE "C" NOT NULL,
    team    text COLLATE "C" NOT NULL, -- empty where there is none, as in the columns after it
    user_id text COLLATE "C" NOT NULL,
    key_id  text COLLATE "C" NOT NULL,
    expert  text COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant, day, team, user_id, key_id, expert)
);

-- The last row that a tenant's sums hold: what a host locks before it adds rows.
CREATE TABLE orchestra.ledger_spend_head (
    tenant  text   COLLATE "C" NOT NULL PRIMARY KEY,
    version bigint NOT NULL
);

-- Adds at most so many rows behind the tenant's spend head to the sums, and returns how many.
CREATE FUNCTION orchestra.ledger_summarise(of_tenant text, max_rows int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    head   bigint;
    last   bigint;
    number int;
BEGIN
    -- A tenant that has no rows gets no head.
    IF NOT EXISTS (SELECT FROM orchestra.ledger WHERE tenant = of_tenant) THEN
        RETURN 0;
    END IF;
    INSERT INTO orchestra.ledger_spend_head (tenant, version) VALUES (of_tenant, 0) ON CONFLICT DO NOTHING;
    -- Whoever waits here sees what the other host added: each of the statements below reads what is committed when it begins.
    SELECT version INTO STRICT head FROM orchestra.ledger_spend_head WHERE tenant = of_tenant FOR NO KEY UPDATE;

    SELECT max(version), count(*) INTO last, number FROM (
        SELECT version FROM orchestra.ledger WHERE tenant = of_tenant AND version > head ORDER BY version LIMIT max_rows) AS following;
    IF number = 0 THEN
        RETURN 0;
    END IF;

    INSERT INTO orchestra.ledger_spend AS spent (tenant, day, team, user_id, key_id, expert, nanos, calls)
    SELECT of_tenant, (at AT TIME ZONE 'UTC')::date, coalesce(team, ''), coalesce(user_id, ''), coalesce(key_id, ''), coalesce(expert, ''),
        sum(amount), count(*) FILTER (WHERE kind = 5 OR until IS NULL) -- a settlement that corrects an expiry is no second call
    FROM orchestra.ledger WHERE tenant = of_tenant AND version > head AND version <= last AND kind IN (4, 5)
    GROUP BY 2, 3, 4, 5, 6
    ON CONFLICT (tenant, day, team, user_id, key_id, expert) DO UPDATE SET nanos = spent.nanos + excluded.nanos, calls = spent.calls + excluded.calls;

    UPDATE orchestra.ledger_spend_head SET version = last WHERE tenant = of_tenant;
    RETURN number;
END $$;

-- Puts an opening in the place of the one at a version, 0 for none, and removes what it makes useless; false where that may not be.
CREATE FUNCTION orchestra.ledger_move_opening(of_tenant text, new_version bigint, new_state text, old_version bigint) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    -- The condition is there twice: the first holds where there is no opening, the second for one that another host moved at the same time.
    INSERT INTO orchestra.ledger_opening AS opening (tenant, version, state) SELECT of_tenant, new_version, new_state
    WHERE new_version > old_version AND coalesce((SELECT version FROM orchestra.ledger_opening WHERE tenant = of_tenant), 0) = old_version
        AND coalesce((SELECT version FROM orchestra.ledger_spend_head WHERE tenant = of_tenant), 0) >= new_version
        AND EXISTS (SELECT FROM orchestra.ledger WHERE tenant = of_tenant AND version > new_version)
    ON CONFLICT (tenant) DO UPDATE SET version = excluded.version, state = excluded.state WHERE opening.version = old_version;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    DELETE FROM orchestra.ledger_snapshot WHERE tenant = of_tenant AND version < new_version;
    -- Nobody delivers a warning that old, and its row goes.
    DELETE FROM orchestra.warning_outbox WHERE tenant = of_tenant AND version <= new_version;
    RETURN true;
END $$;

-- Removes at most so many of the tenant's oldest rows up to its opening, and returns how many.
CREATE FUNCTION orchestra.ledger_trim(of_tenant text, max_rows int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    opening bigint;
    first   bigint;
    last    bigint;
    number  int;
BEGIN
    -- One host at a time, so that a second one removes the next rows instead of finding that its own are gone.
    SELECT version INTO opening FROM orchestra.ledger_opening WHERE tenant = of_tenant FOR NO KEY UPDATE;
    SELECT min(version), max(version) INTO first, last FROM (
        SELECT version FROM orchestra.ledger WHERE tenant = of_tenant AND version <= opening ORDER BY version LIMIT max_rows) AS oldest;
    DELETE FROM orchestra.ledger WHERE tenant = of_tenant AND version BETWEEN first AND last;
    GET DIAGNOSTICS number = ROW_COUNT;
    RETURN number;
END $$;
