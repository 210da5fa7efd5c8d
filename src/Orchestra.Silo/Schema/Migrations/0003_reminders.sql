-- Calls that grains have asked for, again and again, whether they are active or not.
CREATE TABLE orleans.reminder (
    service_id text        COLLATE "C" NOT NULL,
    grain_id   text        COLLATE "C" NOT NULL,
    name       text        COLLATE "C" NOT NULL,
    starts_at  timestamptz NOT NULL,
    period     bigint      NOT NULL CHECK (period >= 0), -- milliseconds
    grain_hash int         NOT NULL,
    version    int         NOT NULL,
    PRIMARY KEY (service_id, grain_id, name)
);

-- Each silo reads the reminders of its part of the ring.
CREATE INDEX reminder_ring ON orleans.reminder (service_id, grain_hash);

INSERT INTO orleans.orleansquery (querykey, querytext) VALUES
('UpsertReminderRowKey', $$
    INSERT INTO orleans.reminder (service_id, grain_id, name, starts_at, period, grain_hash, version)
    VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, nextval('orleans.version'))
    ON CONFLICT (service_id, grain_id, name) DO UPDATE
        SET starts_at = excluded.starts_at, period = excluded.period, grain_hash = excluded.grain_hash, version = excluded.version
    RETURNING version AS Version
$$),
('ReadReminderRowKey', $$
    SELECT grain_id AS GrainId, name AS ReminderName, starts_at AS StartTime, period AS Period, version AS Version
    FROM orleans.reminder WHERE service_id = @ServiceId AND grain_id = @GrainId AND name = @ReminderName
$$),
('ReadReminderRowsKey', $$
    SELECT grain_id AS GrainId, name AS ReminderName, starts_at AS StartTime, period AS Period, version AS Version
    FROM orleans.reminder WHERE service_id = @ServiceId AND grain_id = @GrainId
$$),
('ReadRangeRows1Key', $$
    SELECT grain_id AS GrainId, name AS ReminderName, starts_at AS StartTime, period AS Period, version AS Version
    FROM orleans.reminder WHERE service_id = @ServiceId AND grain_hash > @BeginHash AND grain_hash <= @EndHash
$$),
-- A part that goes over the end of the ring.
('ReadRangeRows2Key', $$
    SELECT grain_id AS GrainId, name AS ReminderName, starts_at AS StartTime, period AS Period, version AS Version
    FROM orleans.reminder WHERE service_id = @ServiceId AND (grain_hash > @BeginHash OR grain_hash <= @EndHash)
$$),
('DeleteReminderRowKey', $$
    WITH gone AS (
        DELETE FROM orleans.reminder WHERE service_id = @ServiceId AND grain_id = @GrainId AND name = @ReminderName AND version = @Version
        RETURNING version)
    SELECT EXISTS (SELECT FROM gone)
$$),
('DeleteReminderRowsKey', $$
    DELETE FROM orleans.reminder WHERE service_id = @ServiceId
$$);
