-- Of which trajectories something became known, each once, at its last change: who learns from them reads on from where he was.
CREATE TABLE change (
    number     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- never given twice, so that no place of a reader comes to lie behind a new change
    trajectory TEXT    NOT NULL UNIQUE
) STRICT;

INSERT INTO change (trajectory) SELECT id FROM trajectory ORDER BY started_at, id;

CREATE TRIGGER trajectory_is_written AFTER INSERT ON trajectory
BEGIN
    DELETE FROM change WHERE trajectory = new.id;
    INSERT INTO change (trajectory) VALUES (new.id);
END;

CREATE TRIGGER feedback_is_given AFTER INSERT ON feedback
BEGIN
    DELETE FROM change WHERE trajectory = new.trajectory;
    INSERT INTO change (trajectory) VALUES (new.trajectory);
END;

CREATE TRIGGER feedback_is_given_again AFTER UPDATE ON feedback
BEGIN
    DELETE FROM change WHERE trajectory = new.trajectory;
    INSERT INTO change (trajectory) VALUES (new.trajectory);
END;

CREATE TRIGGER shadow_has_answered AFTER INSERT ON shadow
BEGIN
    DELETE FROM change WHERE trajectory = new.trajectory;
    INSERT INTO change (trajectory) VALUES (new.trajectory);
END;

CREATE TRIGGER trajectory_is_deleted AFTER DELETE ON trajectory
BEGIN
    DELETE FROM change WHERE trajectory = old.id;
END;

-- Of a trajectory that was never written, what was said of it goes by itself.
CREATE TRIGGER feedback_is_deleted AFTER DELETE ON feedback
BEGIN
    DELETE FROM change WHERE trajectory = old.trajectory AND NOT EXISTS (SELECT 1 FROM trajectory WHERE id = old.trajectory);
END;

CREATE TRIGGER shadow_is_deleted AFTER DELETE ON shadow
BEGIN
    DELETE FROM change WHERE trajectory = old.trajectory AND NOT EXISTS (SELECT 1 FROM trajectory WHERE id = old.trajectory);
END;
