-- What clients said of the answers: of one key the last.
CREATE TABLE feedback (
    trajectory TEXT    NOT NULL,
    key_id     TEXT    NOT NULL,
    started_at INTEGER NOT NULL, -- of the trajectory, with which it is deleted
    given_at   INTEGER NOT NULL, -- milliseconds since 1970, UTC
    body       BLOB    NOT NULL, -- JSON, UTF-8
    PRIMARY KEY (trajectory, key_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX feedback_started ON feedback (started_at);

-- What other experts answered, asked for comparison alone.
CREATE TABLE shadow (
    trajectory TEXT    NOT NULL,
    expert     TEXT    NOT NULL,
    started_at INTEGER NOT NULL,
    body       BLOB    NOT NULL,
    PRIMARY KEY (trajectory, expert)
) STRICT, WITHOUT ROWID;

CREATE INDEX shadow_started ON shadow (started_at);

-- Whoever reads all trajectories goes by time and id, page by page.
CREATE INDEX trajectory_page ON trajectory (started_at, id);
DROP INDEX trajectory_started;
