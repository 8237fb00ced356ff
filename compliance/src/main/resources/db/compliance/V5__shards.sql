-- The log in shards: each a tree of its own, with its own origin; of them only the last is open.

CREATE TABLE compliance.shard (
    id        int         PRIMARY KEY CHECK (id > 0), -- in their order
    origin    text        NOT NULL UNIQUE,
    vkey      text        NOT NULL,
    opened_at timestamptz NOT NULL,
    closed_at timestamptz,
    size      bigint      NOT NULL CHECK (size >= 0), -- whoever moves the tree must name the size that it moves from
    frontier  bytea       NOT NULL
);

CREATE UNIQUE INDEX shard_one_open ON compliance.shard ((closed_at IS NULL)) WHERE closed_at IS NULL;

INSERT INTO compliance.shard (id, origin, vkey, opened_at, size, frontier)
SELECT 1, origin, vkey, (SELECT signed_at FROM compliance.checkpoint WHERE size = 0), size, frontier
FROM compliance.log_state;

DROP TABLE compliance.log_state;

ALTER TABLE compliance.entry ADD COLUMN shard int NOT NULL DEFAULT 1;
ALTER TABLE compliance.entry ALTER COLUMN shard DROP DEFAULT;
ALTER TABLE compliance.entry DROP CONSTRAINT entry_tree_index_key;
ALTER TABLE compliance.entry ADD CONSTRAINT entry_place UNIQUE (shard, tree_index);

ALTER TABLE compliance.cosignature DROP CONSTRAINT cosignature_size_fkey;
ALTER TABLE compliance.witnessed DROP CONSTRAINT witnessed_size_fkey;

ALTER TABLE compliance.checkpoint ADD COLUMN shard int NOT NULL DEFAULT 1 REFERENCES compliance.shard (id);
ALTER TABLE compliance.checkpoint ALTER COLUMN shard DROP DEFAULT;
ALTER TABLE compliance.checkpoint DROP CONSTRAINT checkpoint_pkey;
ALTER TABLE compliance.checkpoint ADD PRIMARY KEY (shard, size);

ALTER TABLE compliance.cosignature ADD COLUMN shard int NOT NULL DEFAULT 1;
ALTER TABLE compliance.cosignature ALTER COLUMN shard DROP DEFAULT;
ALTER TABLE compliance.cosignature DROP CONSTRAINT cosignature_pkey;
ALTER TABLE compliance.cosignature ADD PRIMARY KEY (shard, size, cosigner);
ALTER TABLE compliance.cosignature ADD FOREIGN KEY (shard, size) REFERENCES compliance.checkpoint;

ALTER TABLE compliance.witnessed ADD COLUMN shard int NOT NULL DEFAULT 1;
ALTER TABLE compliance.witnessed ALTER COLUMN shard DROP DEFAULT;
ALTER TABLE compliance.witnessed DROP CONSTRAINT witnessed_pkey;
ALTER TABLE compliance.witnessed ADD PRIMARY KEY (shard, size);
ALTER TABLE compliance.witnessed ADD FOREIGN KEY (shard, size) REFERENCES compliance.checkpoint;
