-- Order of evidence, its leaves and its sealed payloads. The published proof lies in files; this table decides the order.

CREATE SEQUENCE compliance.number AS bigint;

CREATE SEQUENCE compliance.entry_id AS bigint;

CREATE TABLE compliance.entry (
    id          bigint PRIMARY KEY,
    number      bigint NOT NULL CHECK (number > 0),
    type        text NOT NULL,
    recorded_at timestamptz NOT NULL,
    actor       text NOT NULL,
    leaf        bytea NOT NULL CHECK (octet_length(leaf) BETWEEN 1 AND 65535),
    leaf_hash   bytea NOT NULL CHECK (octet_length(leaf_hash) = 32),
    key_id      bigint,
    payload     bytea,
    tree_index  bigint UNIQUE CHECK (tree_index >= 0),
    CHECK ((key_id IS NULL) = (payload IS NULL))
);

CREATE INDEX entry_pending ON compliance.entry (id) WHERE tree_index IS NULL;
CREATE INDEX entry_number ON compliance.entry (number);

-- A question is asked once and ends once, whoever races to end it.
CREATE UNIQUE INDEX entry_asked_once ON compliance.entry (number) WHERE type = 'asked';
CREATE UNIQUE INDEX entry_ended_once ON compliance.entry (number)
    WHERE type IN ('answered', 'abstained', 'refused', 'failed', 'cancelled', 'interrupted');

-- One row: the tree as it was last committed. Whoever moves it must name the size that it moves from.
CREATE TABLE compliance.log_state (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    origin   text NOT NULL,
    vkey     text NOT NULL,
    size     bigint NOT NULL CHECK (size >= 0),
    frontier bytea NOT NULL
);

CREATE TABLE compliance.checkpoint (
    size      bigint PRIMARY KEY CHECK (size >= 0),
    root      bytea NOT NULL CHECK (octet_length(root) = 32),
    note      text NOT NULL,
    signed_at timestamptz NOT NULL
);
