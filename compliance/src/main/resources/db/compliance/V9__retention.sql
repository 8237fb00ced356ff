-- How long evidence is kept, what is held, and which keys are to be destroyed.

CREATE TABLE compliance.hold (
    id          uuid        PRIMARY KEY,
    number      bigint      NOT NULL, -- of its entries
    kind        text        NOT NULL CHECK (kind IN ('document', 'collection', 'reference', 'question', 'everything')),
    value       text        NOT NULL,
    reason      text        NOT NULL,
    review_on   date        NOT NULL,
    placed_by   text        NOT NULL,
    placed_at   timestamptz NOT NULL,
    released_at timestamptz
);

CREATE TABLE compliance.retention_rule (
    class      text        NOT NULL CHECK (class IN ('questions', 'documents', 'people', 'other', 'shards')),
    collection text        NOT NULL, -- id, or empty for all that have no rule of their own
    days       int         NOT NULL CHECK (days > 0),
    set_at     timestamptz NOT NULL,
    PRIMARY KEY (class, collection)
);

-- Written in the transaction that says so, emptied when the keys are gone.
CREATE TABLE compliance.key_to_destroy (
    key_id bigint PRIMARY KEY
);

ALTER TABLE compliance.shard ADD COLUMN destroyed_at timestamptz;

-- A row where two people decided that the log's keys be changed, until they are.
CREATE TABLE compliance.rotation_wanted (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row)
);
