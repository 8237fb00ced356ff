-- What a token is for; see accounts.Scope. Those issued before had no limits. A session has the scopes of its token.
ALTER TABLE credential ADD COLUMN scopes text[] NOT NULL DEFAULT '{ask,generate,administer}';
ALTER TABLE credential ALTER COLUMN scopes DROP DEFAULT;
ALTER TABLE session ADD COLUMN scopes text[] NOT NULL DEFAULT '{ask,generate,administer}';
ALTER TABLE session ALTER COLUMN scopes DROP DEFAULT;
