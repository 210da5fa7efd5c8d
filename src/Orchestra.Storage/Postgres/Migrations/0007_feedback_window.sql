-- Queries of a canary's stage that clients may still speak of; each leaves this table for the sums when its time is over.
CREATE TABLE orchestra.policy_awaiting (
    trajectory  text   NOT NULL PRIMARY KEY,
    version     bigint NOT NULL,
    is_canary   bigint NOT NULL CHECK (is_canary IN (0, 1)),
    is_rejected bigint NOT NULL CHECK (is_rejected IN (0, 1)),
    ended_at    bigint NOT NULL -- milliseconds since 1970, UTC
);

CREATE INDEX policy_awaiting_ended ON orchestra.policy_awaiting (ended_at, trajectory);

ALTER TABLE orchestra.policy_tally
    ADD COLUMN active_heard            bigint NOT NULL DEFAULT 0,
    ADD COLUMN active_heard_rejections bigint NOT NULL DEFAULT 0,
    ADD COLUMN canary_heard            bigint NOT NULL DEFAULT 0,
    ADD COLUMN canary_heard_rejections bigint NOT NULL DEFAULT 0;
