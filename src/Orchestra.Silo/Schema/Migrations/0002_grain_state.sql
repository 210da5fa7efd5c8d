-- Versions of states and reminders. They come from here and not from the row, so that the version of a row that was deleted does not
-- fit the row that comes after it.
CREATE SEQUENCE orleans.version AS int CYCLE;

-- One state of one grain; a cleared one keeps its row, and so its version. Orleans names a grain by two numbers, a text, or both.
CREATE TABLE orleans.grain_state (
    grain_id_n0   bigint      NOT NULL,
    grain_id_n1   bigint      NOT NULL,
    grain_id_hash int         NOT NULL,
    state_hash    int         NOT NULL,
    version       int         NOT NULL,
    changed_at    timestamptz NOT NULL,
    -- Together these fit a page of the index, even where they cannot be compressed.
    service_id    text        COLLATE "C" NOT NULL CHECK (octet_length(service_id) <= 512),
    state_name    text        COLLATE "C" NOT NULL CHECK (octet_length(state_name) <= 512),
    grain_id_text text        COLLATE "C" CHECK (octet_length(grain_id_text) <= 1024), -- null where numbers alone name the grain
    payload       bytea -- null where the state was cleared
) WITH (fillfactor = 70);

-- Of those who write the first state of a grain at once, one wins; without a text, too, a grain has no second row.
CREATE UNIQUE INDEX grain_state_grain ON orleans.grain_state (grain_id_hash, grain_id_n0, grain_id_n1, state_hash, service_id, state_name, grain_id_text)
    NULLS NOT DISTINCT;

-- Writes a state, cleared where the payload is null, over the version that the caller has seen, or as the first where it has seen none. The
-- answer is the new version; where another came first it is the one seen, by which Orleans knows that nothing was written.
CREATE FUNCTION orleans.write_state(
    id_n0 bigint, id_n1 bigint, id_hash int, id_text text, name_hash int, name text, service text, seen int, new_payload bytea)
RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    written int;
BEGIN
    IF seen IS NULL THEN
        INSERT INTO orleans.grain_state (grain_id_n0, grain_id_n1, grain_id_hash, grain_id_text, state_hash, state_name, service_id, version, changed_at, payload)
        VALUES (id_n0, id_n1, id_hash, id_text, name_hash, name, service, nextval('orleans.version'), now(), new_payload)
        ON CONFLICT DO NOTHING RETURNING version INTO written;
    ELSE
        UPDATE orleans.grain_state SET version = nextval('orleans.version'), changed_at = now(), payload = new_payload
        WHERE grain_id_hash = id_hash AND grain_id_n0 = id_n0 AND grain_id_n1 = id_n1 AND state_hash = name_hash
            AND service_id = service AND state_name = name AND grain_id_text IS NOT DISTINCT FROM id_text AND version = seen
        RETURNING version INTO written;
    END IF;
    RETURN coalesce(written, seen);
END $$;

-- Deletes the version of a state that the caller has seen. The answer is another version; where it was not there, the one seen.
CREATE FUNCTION orleans.delete_state(id_n0 bigint, id_n1 bigint, id_hash int, id_text text, name_hash int, name text, service text, seen int)
RETURNS int LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM orleans.grain_state
    WHERE grain_id_hash = id_hash AND grain_id_n0 = id_n0 AND grain_id_n1 = id_n1 AND state_hash = name_hash
        AND service_id = service AND state_name = name AND grain_id_text IS NOT DISTINCT FROM id_text AND version = seen;
    RETURN CASE WHEN FOUND THEN nextval('orleans.version') ELSE seen END;
END $$;

INSERT INTO orleans.orleansquery (querykey, querytext) VALUES
('ReadFromStorageKey', $$
    SELECT payload AS PayloadBinary, version AS Version FROM orleans.grain_state
    WHERE grain_id_hash = @GrainIdHash AND grain_id_n0 = @GrainIdN0 AND grain_id_n1 = @GrainIdN1 AND state_hash = @GrainTypeHash
        AND service_id = @ServiceId AND state_name = @GrainTypeString AND grain_id_text IS NOT DISTINCT FROM @GrainIdExtensionString
$$),
('WriteToStorageKey', $$
    SELECT orleans.write_state(
        @GrainIdN0, @GrainIdN1, @GrainIdHash, @GrainIdExtensionString, @GrainTypeHash, @GrainTypeString, @ServiceId, @GrainStateVersion,
        @PayloadBinary) AS NewGrainStateVersion
$$),
('ClearStorageKey', $$
    SELECT orleans.write_state(
        @GrainIdN0, @GrainIdN1, @GrainIdHash, @GrainIdExtensionString, @GrainTypeHash, @GrainTypeString, @ServiceId, @GrainStateVersion,
        NULL) AS NewGrainStateVersion
$$),
('DeleteStorageKey', $$
    SELECT orleans.delete_state(
        @GrainIdN0, @GrainIdN1, @GrainIdHash, @GrainIdExtensionString, @GrainTypeHash, @GrainTypeString, @ServiceId,
        @GrainStateVersion) AS NewGrainStateVersion
$$);
