-- Who there is, and every statement of policy with the versions between which it counts, so that rights can be told for
-- any day. Nothing is deleted here: a statement that counts no more gets an end.

-- When each version began to count. Version 1 is the empty policy.
CREATE TABLE compliance.policy_version (
    version  bigint PRIMARY KEY CHECK (version > 0),
    began_at timestamptz NOT NULL
);
INSERT INTO compliance.policy_version (version, began_at) SELECT version, now() FROM compliance.policy;

-- Persons, services and groups. An id is never given twice; the source says who vouches for the name.
CREATE TABLE compliance.identity (
    id           text PRIMARY KEY CHECK (id ~ '^(console|(person|service|group):[0-9a-z-]{1,64})$'),
    kind         text NOT NULL CHECK (kind IN ('console', 'person', 'service', 'group')),
    source       text NOT NULL,
    external_id  text,
    name         text NOT NULL,
    display_name text NOT NULL,
    since        bigint NOT NULL
);
CREATE UNIQUE INDEX identity_name ON compliance.identity (source, (kind = 'group'), name);
CREATE UNIQUE INDEX identity_external ON compliance.identity (source, external_id) WHERE external_id IS NOT NULL;

-- Relation tuples (object, relation, subject), as in Google's Zanzibar: who is a member of what, holds what, may do what.
CREATE TABLE compliance.relation (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    object   text NOT NULL,
    relation text NOT NULL,
    subject  text NOT NULL,
    since    bigint NOT NULL,
    until    bigint CHECK (until > since)
);
CREATE UNIQUE INDEX relation_in_force ON compliance.relation (object, relation, subject) WHERE until IS NULL;
CREATE INDEX relation_subject ON compliance.relation (subject, relation);

-- Policies of the house that are no relation, such as which roles exclude each other.
CREATE TABLE compliance.setting (
    name  text NOT NULL,
    value jsonb NOT NULL,
    since bigint NOT NULL,
    until bigint CHECK (until > since)
);
CREATE UNIQUE INDEX setting_in_force ON compliance.setting (name) WHERE until IS NULL;

-- An allow label admits only those who are listed on it, a deny label shuts them out; what a label by law shuts out, no
-- emergency opens. Relation (label:<id>, listed, subject).
CREATE TABLE compliance.label (
    id     uuid PRIMARY KEY,
    name   text NOT NULL UNIQUE,
    kind   text NOT NULL CHECK (kind IN ('allow', 'deny')),
    by_law boolean NOT NULL,
    since  bigint NOT NULL
);

-- What documents of a collection can bear: a set of labels and a level. Indexes store the marking's id, so a change of
-- rights rewrites none of them. A marking never changes.
CREATE TABLE compliance.marking (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    collection uuid NOT NULL,
    labels     uuid[] NOT NULL,
    level      integer NOT NULL CHECK (level >= 0),
    UNIQUE (collection, labels, level)
);

-- Which document bears which marking, by time: adding a document is no change of policy.
CREATE TABLE compliance.marked (
    document uuid NOT NULL,
    marking  bigint NOT NULL REFERENCES compliance.marking,
    since    timestamptz NOT NULL,
    until    timestamptz CHECK (until >= since)
);
CREATE UNIQUE INDEX marked_now ON compliance.marked (document) WHERE until IS NULL;
CREATE INDEX marked_marking ON compliance.marked (marking);

-- Documents whose path matches get these labels and at least this level.
CREATE TABLE compliance.path_rule (
    id         uuid PRIMARY KEY,
    collection uuid NOT NULL,
    pattern    text NOT NULL,
    labels     uuid[] NOT NULL,
    level      integer CHECK (level >= 0),
    since      bigint NOT NULL,
    until      bigint CHECK (until > since)
);
CREATE INDEX path_rule_collection ON compliance.path_rule (collection) WHERE until IS NULL;

-- Collections that somebody opened without a grant ("breaking the glass"), for a time and with a reason, which lies sealed in
-- the log under the number. Each is reviewed by a compliance officer.
CREATE TABLE compliance.emergency (
    id          uuid PRIMARY KEY,
    number      bigint NOT NULL,
    principal   text NOT NULL,
    collection  uuid NOT NULL,
    opened_at   timestamptz NOT NULL,
    ends_at     timestamptz NOT NULL CHECK (ends_at >= opened_at),
    review_by   timestamptz NOT NULL,
    reviewed_at timestamptz,
    reviewer    text,
    verdict     text CHECK (verdict IN ('justified', 'not-justified')),
    CHECK ((reviewed_at IS NULL) = (reviewer IS NULL) AND (reviewed_at IS NULL) = (verdict IS NULL))
);
CREATE INDEX emergency_principal ON compliance.emergency (principal, ends_at);
CREATE INDEX emergency_open ON compliance.emergency (review_by) WHERE reviewed_at IS NULL;

-- Acts that take two people. What is asked for lies here until it is decided; the log has it for good.
CREATE TABLE compliance.act (
    id           uuid PRIMARY KEY,
    number       bigint NOT NULL,
    kind         text NOT NULL,
    parameters   jsonb NOT NULL,
    reason       text NOT NULL,
    requested_by text NOT NULL,
    requested_at timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    state        text NOT NULL CHECK (state IN ('requested', 'executed', 'rejected', 'withdrawn', 'expired')),
    decided_by   text,
    decided_at   timestamptz,
    CHECK ((state = 'requested') = (decided_at IS NULL)),
    CHECK (state <> 'executed' OR decided_by <> requested_by)
);
CREATE INDEX act_requested ON compliance.act (expires_at) WHERE state = 'requested';

INSERT INTO compliance.identity (id, kind, source, name, display_name, since)
    SELECT 'console', 'console', 'local', 'console', 'Console', version FROM compliance.policy;
INSERT INTO compliance.relation (object, relation, subject, since)
    SELECT 'role:' || role, 'holder', 'console', version FROM compliance.policy,
        unnest(ARRAY['reader', 'curator', 'administrator', 'compliance-officer']) AS role;
-- The console is cleared for whatever levels the house has.
INSERT INTO compliance.relation (object, relation, subject, since)
    SELECT 'clearance:15', 'cleared', 'console', version FROM compliance.policy;
-- Grants of the time before: the token that the first start printed had no person, so only the console keeps its own.
INSERT INTO compliance.relation (object, relation, subject, since)
    SELECT 'collection:' || resource, 'manage', 'console', version FROM compliance.read_grant, compliance.policy
    WHERE principal = 'console';
DROP TABLE compliance.read_grant;
