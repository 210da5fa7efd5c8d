-- What clients said of the answers: of one key the last.
CREATE TABLE orchestra.feedback (
    trajectory text        NOT NULL,
    key_id     text        NOT NULL,
    started_at timestamptz NOT NULL, -- of the trajectory, with which it is deleted
    given_at   timestamptz NOT NULL,
    body       bytea       NOT NULL, -- JSON, UTF-8
    PRIMARY KEY (trajectory, key_id)
);

CREATE INDEX feedback_started ON orchestra.feedback (started_at);

-- What other experts answered, asked for comparison alone.
CREATE TABLE orchestra.shadow (
    trajectory text        NOT NULL,
    expert     text        NOT NULL,
    started_at timestamptz NOT NULL,
    body       bytea       NOT NULL,
    PRIMARY KEY (trajectory, expert)
);

CREATE INDEX shadow_started ON orchestra.shadow (started_at);

-- Whoever reads all trajectories goes by time and id, page by page.
CREATE INDEX trajectory_page ON orchestra.trajectory (started_at, id);
DROP INDEX orchestra.trajectory_started;
