-- What witnesses signed of the log, and which checkpoints a quorum of them has seen.

CREATE TABLE compliance.cosignature (
    size        bigint      NOT NULL REFERENCES compliance.checkpoint (size),
    cosigner    text        NOT NULL, -- name and key id
    line        text        NOT NULL, -- the signature line of the note, with its newline
    cosigned_at timestamptz NOT NULL, -- by the witness's clock
    PRIMARY KEY (size, cosigner)
);

CREATE TABLE compliance.witnessed (
    size         bigint      PRIMARY KEY REFERENCES compliance.checkpoint (size),
    witnessed_at timestamptz NOT NULL -- by the clock of the witness that completed the quorum
);
