-- What entries speak of, so that reviewers find them: documents, references, models. A token is a keyed hash under the shard's
-- key of pseudonyms: without it, nothing can be read out of this table.

CREATE TABLE compliance.mention (
    token  bytea  NOT NULL CHECK (octet_length(token) = 16),
    number bigint NOT NULL,
    shard  int    NOT NULL,
    PRIMARY KEY (token, number)
);

CREATE INDEX mention_number ON compliance.mention (number);
CREATE INDEX entry_recorded ON compliance.entry (recorded_at);

-- Pseudonyms that two people had unmasked.
CREATE TABLE compliance.unmasked (
    pseudonym   text        PRIMARY KEY,
    identity    text        NOT NULL,
    unmasked_at timestamptz NOT NULL
);
