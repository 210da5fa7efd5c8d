-- Policies that conductors decide with; what is there is never changed.
CREATE TABLE orchestra.conductor_policy (
    id       text NOT NULL PRIMARY KEY,
    added_at bigint NOT NULL, -- milliseconds since 1970, UTC
    card     text NOT NULL, -- the model card, a JSON object
    size     bigint NOT NULL CHECK (size > 0),
    file     bytea NOT NULL
);

CREATE INDEX conductor_policy_added ON orchestra.conductor_policy (added_at);

-- Which policy serves and which one is on its way: the last row says it, all of them are its log. The key is what makes one of two changes at once fail.
CREATE TABLE orchestra.policy_rollout (
    version     bigint NOT NULL PRIMARY KEY CHECK (version > 0),
    at          bigint NOT NULL, -- milliseconds since 1970, UTC
    action      text NOT NULL,
    who         text NOT NULL,
    reason      text,
    active      text, -- null where the fallback conductor serves
    candidate   text, -- null where there is none
    stage       bigint NOT NULL,
    share       double precision NOT NULL CHECK (share >= 0 AND share <= 1),
    previous    text,
    can_go_back bigint NOT NULL CHECK (can_go_back IN (0, 1))
);

-- What queries came to, by the version of the rollout at which they began.
CREATE TABLE orchestra.policy_tally (
    version                bigint NOT NULL PRIMARY KEY,
    active_queries         bigint NOT NULL,
    active_rejections      bigint NOT NULL,
    active_dollars         double precision NOT NULL,
    active_squared_dollars double precision NOT NULL,
    active_seconds         double precision NOT NULL,
    canary_queries         bigint NOT NULL,
    canary_rejections      bigint NOT NULL,
    canary_dollars         double precision NOT NULL,
    canary_squared_dollars double precision NOT NULL,
    canary_seconds         double precision NOT NULL,
    shadow_decisions       bigint NOT NULL,
    shadow_agreements      bigint NOT NULL
);

CREATE FUNCTION orchestra.policy_rollout_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log of rollouts is append-only: changes are never changed or deleted';
END $$;

CREATE TRIGGER policy_rollout_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON orchestra.policy_rollout EXECUTE FUNCTION orchestra.policy_rollout_refuse_change();
