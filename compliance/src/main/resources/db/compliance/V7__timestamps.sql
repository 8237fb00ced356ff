-- RFC 3161 tokens of a time-stamping authority over checkpoints, and questions to it that people carry.

CREATE TABLE compliance.timestamp (
    shard      int         NOT NULL DEFAULT 1,
    size       bigint      NOT NULL, -- entries of the checkpoint
    token      bytea       NOT NULL, -- TimeStampToken in DER, verified
    stamped_at timestamptz NOT NULL, -- by the authority's clock
    PRIMARY KEY (shard, size)
);

CREATE TABLE compliance.timestamp_query (
    shard    int         NOT NULL DEFAULT 1,
    size     bigint      NOT NULL,
    query    bytea       NOT NULL, -- TimeStampReq in DER: imprint of the checkpoint's text, and nonce
    asked_at timestamptz NOT NULL,
    PRIMARY KEY (shard, size)
);
