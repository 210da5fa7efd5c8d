-- Of which trajectories something became known, each once, at its last change: who learns from them reads on from where he was.
CREATE SEQUENCE orchestra.change_number;

CREATE TABLE orchestra.change (
    trajectory  text   NOT NULL PRIMARY KEY,
    transaction xid8   NOT NULL, -- numbers of transactions that are over come in order, those of a sequence do not
    number      bigint NOT NULL
);

CREATE INDEX change_place ON orchestra.change (transaction, number);

INSERT INTO orchestra.change (trajectory, transaction, number)
    SELECT id, pg_current_xact_id(), nextval('orchestra.change_number') FROM (SELECT id FROM orchestra.trajectory ORDER BY started_at, id) AS trajectories;

CREATE FUNCTION orchestra.note_change(changed text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO orchestra.change (trajectory, transaction, number) VALUES (changed, pg_current_xact_id(), nextval('orchestra.change_number'))
        ON CONFLICT (trajectory) DO UPDATE SET transaction = excluded.transaction, number = excluded.number
$$;

CREATE FUNCTION orchestra.note_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM orchestra.note_change(NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION orchestra.note_known() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM orchestra.note_change(NEW.trajectory);
    RETURN NULL;
END $$;

CREATE FUNCTION orchestra.forget_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM orchestra.change WHERE trajectory = OLD.id;
    RETURN NULL;
END $$;

-- Of a trajectory that was never written, what was said of it goes by itself.
CREATE FUNCTION orchestra.forget_orphan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM orchestra.change WHERE trajectory = OLD.trajectory AND NOT EXISTS (SELECT 1 FROM orchestra.trajectory WHERE id = OLD.trajectory);
    RETURN NULL;
END $$;

CREATE TRIGGER trajectory_is_written AFTER INSERT ON orchestra.trajectory FOR EACH ROW EXECUTE FUNCTION orchestra.note_written();
CREATE TRIGGER feedback_is_given AFTER INSERT OR UPDATE ON orchestra.feedback FOR EACH ROW EXECUTE FUNCTION orchestra.note_known();
CREATE TRIGGER shadow_has_answered AFTER INSERT ON orchestra.shadow FOR EACH ROW EXECUTE FUNCTION orchestra.note_known();
CREATE TRIGGER trajectory_is_deleted AFTER DELETE ON orchestra.trajectory FOR EACH ROW EXECUTE FUNCTION orchestra.forget_change();
CREATE TRIGGER feedback_is_deleted AFTER DELETE ON orchestra.feedback FOR EACH ROW EXECUTE FUNCTION orchestra.forget_orphan();
CREATE TRIGGER shadow_is_deleted AFTER DELETE ON orchestra.shadow FOR EACH ROW EXECUTE FUNCTION orchestra.forget_orphan();
