-- Which host trains a policy, until when it may take, and how far in the log of changes trainings have read: a single row.
CREATE TABLE training (
    id                INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    host              TEXT    NOT NULL,
    lease_until       INTEGER NOT NULL, -- milliseconds since 1970, UTC; 0 where none trains
    began_at          INTEGER NOT NULL, -- of the last training
    place_transaction INTEGER NOT NULL,
    place_number      INTEGER NOT NULL
) STRICT;
