-- The durable queue. A job is a file that was taken in; its original is staged under the id of its document.
CREATE TABLE ingest.jobs (
    id         uuid PRIMARY KEY,                       -- time-ordered: the order of arrival
    collection uuid NOT NULL,
    path       text NOT NULL,
    document   uuid NOT NULL,
    sha256     bytea NOT NULL CHECK (length(sha256) = 32),
    bytes      bigint NOT NULL CHECK (bytes >= 0),
    actor      text NOT NULL,
    state      text NOT NULL CHECK (state IN ('queued', 'parsing', 'embedding', 'indexing', 'ready', 'duplicate', 'failed')),
    attempts   integer NOT NULL DEFAULT 0,             -- times a worker took it up
    not_before timestamptz NOT NULL,                   -- a job put back after a fault of ours rests until then
    failure    text,                                   -- code of the failure, for summaries
    reason     text,                                   -- sentence for people; also a remark on a ready document
    pages      integer,
    passages   integer,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CHECK ((state = 'failed') = (failure IS NOT NULL))
);
CREATE INDEX jobs_open ON ingest.jobs (id) WHERE state IN ('queued', 'parsing', 'embedding', 'indexing');
CREATE INDEX jobs_open_path ON ingest.jobs (collection, path) WHERE state IN ('queued', 'parsing', 'embedding', 'indexing');
CREATE INDEX jobs_collection ON ingest.jobs (collection, id);
