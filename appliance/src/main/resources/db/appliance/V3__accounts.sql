-- What a person signs in with. Who he is, and what he may do, compliance says; his id is opaque here. No row is deleted.
CREATE TABLE account (
    principal        text PRIMARY KEY,
    password_hash    text,                    -- PHC string (argon2id); null until an invitation is taken up
    password_at      timestamptz,
    reinvite_until   timestamptz,             -- two people let an administrator invite this officer anew until then
    totp_key         bigint,                  -- id of the data key that seals the secret
    totp_secret      bytea,
    totp_confirmed   boolean NOT NULL DEFAULT false,
    totp_last_step   bigint NOT NULL DEFAULT 0, -- a code counts once (RFC 6238 section 5.2)
    CHECK ((totp_key IS NULL) = (totp_secret IS NULL)),
    CHECK (NOT totp_confirmed OR totp_secret IS NOT NULL)
);

-- Wrong sign-ins by name, whether anybody is called so or not: whoever tries names learns nothing from a lock either.
CREATE TABLE sign_in_failure (
    name_sha256  bytea PRIMARY KEY,
    failures     integer     NOT NULL CHECK (failures > 0),
    locked_until timestamptz NOT NULL,
    last_at      timestamptz NOT NULL
);
CREATE INDEX sign_in_failure_last_at ON sign_in_failure (last_at);

-- Random (80 bits), so a plain hash is enough; each counts once.
CREATE TABLE recovery_code (
    principal   text  NOT NULL REFERENCES account,
    code_sha256 bytea NOT NULL,
    PRIMARY KEY (principal, code_sha256)
);

-- A link that lets one person set his password, once and for a while. A new one ends those before it.
CREATE TABLE invitation (
    token_sha256 bytea PRIMARY KEY,
    principal    text        NOT NULL REFERENCES account,
    invited_by   text        NOT NULL,
    expires_at   timestamptz NOT NULL,
    ended_at     timestamptz
);
CREATE INDEX invitation_principal ON invitation (principal) WHERE ended_at IS NULL;

-- Tokens of the time before accounts belonged to nobody, and so open nothing any more.
UPDATE credential SET revoked_at = now() WHERE revoked_at IS NULL;
ALTER TABLE credential RENAME TO api_key;
ALTER TABLE api_key ADD COLUMN expires_at timestamptz;
UPDATE api_key SET expires_at = created_at;
ALTER TABLE api_key ALTER COLUMN expires_at SET NOT NULL;
ALTER TABLE api_key ADD COLUMN last_used_at timestamptz;
ALTER TABLE api_key ADD COLUMN requests_per_minute integer CHECK (requests_per_minute > 0);
ALTER TABLE api_key ADD COLUMN questions_per_day integer CHECK (questions_per_day > 0);
CREATE INDEX api_key_principal ON api_key (principal);

-- A session is its person's, with all his rights; it ends when it lies idle, and in any case after a while.
DELETE FROM session;
ALTER TABLE session DROP COLUMN scopes;
ALTER TABLE session ADD COLUMN id uuid NOT NULL UNIQUE;
ALTER TABLE session ADD COLUMN last_seen_at timestamptz NOT NULL;
CREATE INDEX session_principal ON session (principal);

-- Questions of a day, by whom and by which key; what quotas are held against.
CREATE TABLE usage (
    subject   text    NOT NULL,               -- a principal's id, or key-<id>
    day       date    NOT NULL,
    questions integer NOT NULL,
    PRIMARY KEY (subject, day)
);
