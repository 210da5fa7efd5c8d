-- Which host trains a policy, until when it may take, and how far in the log of changes trainings have read: a single row.
CREATE TABLE orchestra.training (
    id                bigint NOT NULL PRIMARY KEY CHECK (id = 1),
    host              text   NOT NULL,
    lease_until       bigint NOT NULL, -- milliseconds since 1970, UTC; 0 where none trains
    began_at          bigint NOT NULL, -- of the last training
    place_transaction bigint NOT NULL,
    place_number      bigint NOT NULL
);
