CREATE EXTENSION IF NOT EXISTS vector SCHEMA public;

CREATE TABLE retrieval.collections (
    id         uuid PRIMARY KEY,
    name       text NOT NULL UNIQUE,
    created_at timestamptz NOT NULL
);

-- What vectors and postings are made of. Each generation has a vector table of its own,
-- retrieval.vectors_<id>, because the length of its vectors is part of the column's type.
CREATE TABLE retrieval.generations (
    id                integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name              text NOT NULL UNIQUE,
    embedder_sha256   text NOT NULL,
    embedder_kernel   text NOT NULL,
    dimension         integer NOT NULL CHECK (dimension BETWEEN 1 AND 4000),
    chunker_version   text NOT NULL,
    analyser_version  text NOT NULL,
    embedding_version text NOT NULL,
    active            boolean NOT NULL,
    created_at        timestamptz NOT NULL
);
CREATE UNIQUE INDEX generations_one_active ON retrieval.generations (active) WHERE active;

CREATE TABLE retrieval.documents (
    id           uuid PRIMARY KEY,
    collection   uuid NOT NULL REFERENCES retrieval.collections,
    path         text NOT NULL,
    title        text NOT NULL,
    media_type   text NOT NULL,
    sha256       bytea NOT NULL CHECK (length(sha256) = 32),
    bytes        bigint NOT NULL CHECK (bytes >= 0),
    pages        integer CHECK (pages > 0),
    language     text NOT NULL,
    state        text NOT NULL CHECK (state IN ('ready', 'failed')),
    reason       text CHECK ((state = 'failed') = (reason IS NOT NULL)),
    passages     integer NOT NULL CHECK (passages >= 0),
    original_key bigint,
    added_at     timestamptz NOT NULL
);
-- A failed new version stands beside the ready one that it could not replace.
CREATE UNIQUE INDEX documents_path ON retrieval.documents (collection, path, state);
CREATE UNIQUE INDEX documents_same_bytes ON retrieval.documents (collection, sha256) WHERE state = 'ready';

CREATE TABLE retrieval.document_texts (
    document uuid PRIMARY KEY REFERENCES retrieval.documents ON DELETE CASCADE,
    text     text NOT NULL
);

-- Offsets count UTF-16 units of the document's text, so the passage's own text is kept too:
-- PostgreSQL counts characters and could not cut it out again.
CREATE TABLE retrieval.passages (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    document     uuid NOT NULL REFERENCES retrieval.documents ON DELETE CASCADE,
    collection   uuid NOT NULL,
    ordinal      integer NOT NULL CHECK (ordinal >= 0),
    text         text NOT NULL,
    start_offset integer NOT NULL CHECK (start_offset >= 0),
    end_offset   integer NOT NULL CHECK (end_offset >= start_offset),
    page         integer CHECK (page > 0),
    anchor       text,
    UNIQUE (document, ordinal)
);

-- What Lucene follows, in order and without gaps. A removal stays as a tombstone.
CREATE TABLE retrieval.changes (
    number     bigint PRIMARY KEY CHECK (number > 0),
    added      uuid,
    removed    uuid,
    changed_at timestamptz NOT NULL,
    CHECK (added IS NOT NULL OR removed IS NOT NULL)
);
