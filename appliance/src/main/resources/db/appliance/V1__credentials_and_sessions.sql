-- Tokens are random (256 bits), so a plain hash of them is enough; only the hash is kept.
CREATE TABLE credential (
    id           uuid PRIMARY KEY,
    name         text        NOT NULL,
    principal    text        NOT NULL,
    token_sha256 bytea       NOT NULL UNIQUE,
    created_at   timestamptz NOT NULL DEFAULT now(),
    revoked_at   timestamptz
);

CREATE TABLE session (
    token_sha256 bytea PRIMARY KEY,
    principal    text        NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL
);

CREATE INDEX session_expires_at ON session (expires_at);
