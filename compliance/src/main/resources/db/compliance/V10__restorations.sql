-- Older copies of this database that were put in place and brought back to the published log. The row that is not finished is gone
-- on with by whatever starts next; the others are what the log says anyway.
CREATE TABLE compliance.restoration (
    id              int         GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number          bigint      NOT NULL, -- of its entries
    requested_by    text        NOT NULL,
    approved_by     text        NOT NULL CHECK (approved_by <> requested_by),
    begun_at        timestamptz NOT NULL,
    database_origin text        NOT NULL, -- where the copy ended
    database_size   bigint      NOT NULL,
    origin          text        NOT NULL, -- the last published checkpoint
    size            bigint      NOT NULL,
    root            bytea       NOT NULL CHECK (octet_length(root) = 32),
    sealed          jsonb       NOT NULL, -- for its entry
    deleted         uuid[]      NOT NULL, -- documents that the log says were deleted since
    recorded        boolean     NOT NULL DEFAULT false,
    finished_at     timestamptz CHECK (finished_at IS NULL OR recorded)
);

CREATE UNIQUE INDEX restoration_unfinished ON compliance.restoration ((true)) WHERE finished_at IS NULL;
