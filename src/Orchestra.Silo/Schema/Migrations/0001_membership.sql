-- What Orleans asks of the database: it reads these texts when a silo starts, and knows no other. The names of this table, of the keys, of the
-- parameters and of the columns of the answers are Orleans' own. During an upgrade silos of two versions run at once, so a later script
-- leaves in place what an older silo's texts call.
CREATE TABLE orleans.orleansquery (
    querykey  text NOT NULL PRIMARY KEY,
    querytext text NOT NULL
);

-- The version of a cluster's list of silos. Who changes the list holds this row, so that one change follows the other.
CREATE TABLE orleans.membership (
    cluster_id text        COLLATE "C" NOT NULL PRIMARY KEY,
    version    int         NOT NULL,
    changed_at timestamptz NOT NULL
);

-- The silos of a cluster, one row for each start of a process.
CREATE TABLE orleans.silo (
    cluster_id   text        COLLATE "C" NOT NULL REFERENCES orleans.membership ON DELETE CASCADE,
    address      text        COLLATE "C" NOT NULL,
    port         int         NOT NULL,
    generation   int         NOT NULL,
    status       int         NOT NULL, -- 3 active, 6 dead
    gateway_port int         NOT NULL, -- 0 where clients cannot connect
    started_at   timestamptz NOT NULL,
    alive_at     timestamptz NOT NULL,
    silo_name    text        NOT NULL,
    host_name    text        NOT NULL,
    suspicions   text,                 -- who took it for dead, and when; null where nobody did
    PRIMARY KEY (cluster_id, address, port, generation)
);

-- Adds a silo to the list of the version that the caller has seen; false where the list has changed since, or the silo is in it.
CREATE FUNCTION orleans.add_silo(
    cluster text, seen int, silo_address text, silo_port int, silo_generation int, status int, gateway_port int,
    started_at timestamptz, alive_at timestamptz, silo_name text, host_name text)
RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM orleans.membership WHERE cluster_id = cluster AND version = seen FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;

    INSERT INTO orleans.silo (cluster_id, address, port, generation, status, gateway_port, started_at, alive_at, silo_name, host_name)
    VALUES (cluster, silo_address, silo_port, silo_generation, status, gateway_port, started_at, alive_at, silo_name, host_name)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RETURN false;
    END IF;

    UPDATE orleans.membership SET version = seen + 1, changed_at = now() WHERE cluster_id = cluster;
    RETURN true;
END $$;

-- Changes a silo in the list of the version that the caller has seen; false where the list has changed since, or the silo is not in it.
CREATE FUNCTION orleans.change_silo(
    cluster text, seen int, silo_address text, silo_port int, silo_generation int, new_status int, new_suspicions text, new_alive_at timestamptz)
RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM orleans.membership WHERE cluster_id = cluster AND version = seen FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;

    UPDATE orleans.silo SET status = new_status, suspicions = new_suspicions, alive_at = new_alive_at
    WHERE cluster_id = cluster AND address = silo_address AND port = silo_port AND generation = silo_generation;
    IF NOT FOUND THEN
        RETURN false;
    END IF;

    UPDATE orleans.membership SET version = seen + 1, changed_at = now() WHERE cluster_id = cluster;
    RETURN true;
END $$;

INSERT INTO orleans.orleansquery (querykey, querytext) VALUES
('InsertMembershipVersionKey', $$
    WITH added AS (
        INSERT INTO orleans.membership (cluster_id, version, changed_at) VALUES (@DeploymentId, 0, now())
        ON CONFLICT DO NOTHING RETURNING version)
    SELECT EXISTS (SELECT FROM added)
$$),
('InsertMembershipKey', $$
    SELECT orleans.add_silo(
        @DeploymentId, @Version, @Address, @Port, @Generation, @Status, @ProxyPort, @StartTime, @IAmAliveTime, @SiloName, @HostName)
$$),
('UpdateMembershipKey', $$
    SELECT orleans.change_silo(@DeploymentId, @Version, @Address, @Port, @Generation, @Status, @SuspectTimes, @IAmAliveTime)
$$),
('UpdateIAmAlivetimeKey', $$
    UPDATE orleans.silo SET alive_at = @IAmAliveTime
    WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$$),
-- The version is an answer even where there is no silo.
('MembershipReadRowKey', $$
    SELECT
        membership.cluster_id AS DeploymentId, membership.version AS Version, silo.address AS Address, silo.port AS Port, silo.generation AS Generation,
        silo.status AS Status, silo.gateway_port AS ProxyPort, silo.started_at AS StartTime, silo.alive_at AS IAmAliveTime,
        silo.silo_name AS SiloName, silo.host_name AS HostName, silo.suspicions AS SuspectTimes
    FROM orleans.membership
    LEFT JOIN orleans.silo
        ON silo.cluster_id = membership.cluster_id AND silo.address = @Address AND silo.port = @Port AND silo.generation = @Generation
    WHERE membership.cluster_id = @DeploymentId
$$),
('MembershipReadAllKey', $$
    SELECT
        membership.cluster_id AS DeploymentId, membership.version AS Version, silo.address AS Address, silo.port AS Port, silo.generation AS Generation,
        silo.status AS Status, silo.gateway_port AS ProxyPort, silo.started_at AS StartTime, silo.alive_at AS IAmAliveTime,
        silo.silo_name AS SiloName, silo.host_name AS HostName, silo.suspicions AS SuspectTimes
    FROM orleans.membership
    LEFT JOIN orleans.silo ON silo.cluster_id = membership.cluster_id
    WHERE membership.cluster_id = @DeploymentId
$$),
('GatewaysQueryKey', $$
    SELECT address AS Address, gateway_port AS ProxyPort, generation AS Generation
    FROM orleans.silo WHERE cluster_id = @DeploymentId AND status = @Status AND gateway_port > 0
$$),
-- A silo that only was slow to say that it lives must find its row again, so that it learns what the others made of it.
('CleanupDefunctSiloEntriesKey', $$
    DELETE FROM orleans.silo WHERE cluster_id = @DeploymentId AND status = 6 AND started_at < @IAmAliveTime AND alive_at < @IAmAliveTime
$$),
-- The same for one silo, as long as nobody has said anything of it since it was read.
('CleanupDefunctSiloEntryKey', $$
    DELETE FROM orleans.silo
    WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation AND status = 6
        AND started_at = @StartTime AND alive_at = @IAmAliveTime AND coalesce(suspicions, '') = coalesce(@SuspectTimes, '')
$$),
('DeleteMembershipTableEntriesKey', $$
    DELETE FROM orleans.membership WHERE cluster_id = @DeploymentId
$$);
