-- Rights on resources that other modules own; their ids are opaque here.

CREATE TABLE compliance.policy (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    version  bigint NOT NULL
);

INSERT INTO compliance.policy (version) VALUES (1);

CREATE TABLE compliance.read_grant (
    principal text NOT NULL,
    resource  uuid NOT NULL,
    PRIMARY KEY (principal, resource)
);
