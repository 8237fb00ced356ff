-- Generations stand beside one another: one is searched, at most one is being made to take its place, those before stay
-- until they are dropped, so that it can be switched back. Rows are never deleted, because receipts name them.
ALTER TABLE retrieval.generations
    ADD COLUMN state        text,
    -- The table of its vectors and the cut of its passages, each named by the generation that began it: a change of
    -- the analyser alone shares both, a change of the embedder the passages.
    ADD COLUMN vectors      integer REFERENCES retrieval.generations,
    ADD COLUMN cut          integer REFERENCES retrieval.generations,
    ADD COLUMN begun_by     text,
    ADD COLUMN failure      text,
    ADD COLUMN activated_at timestamptz;
UPDATE retrieval.generations
    SET state = CASE WHEN active THEN 'active' ELSE 'dropped' END, vectors = id, cut = id, activated_at = created_at;
DROP INDEX retrieval.generations_one_active;
ALTER TABLE retrieval.generations
    DROP COLUMN active,
    ALTER COLUMN state SET NOT NULL,
    ALTER COLUMN vectors SET NOT NULL,
    ALTER COLUMN cut SET NOT NULL,
    ADD CHECK (state IN ('building', 'built', 'active', 'retired', 'dropped'));
CREATE UNIQUE INDEX generations_one_active ON retrieval.generations (state) WHERE state = 'active';
CREATE UNIQUE INDEX generations_one_candidate ON retrieval.generations ((true)) WHERE state IN ('building', 'built');

-- One text and one set of passages for each cut. A default that the table's rows all have costs no rewriting.
DO $$
DECLARE
    first integer := coalesce((SELECT id FROM retrieval.generations WHERE state = 'active'), 1);
BEGIN
    EXECUTE 'ALTER TABLE retrieval.passages ADD COLUMN cut integer NOT NULL DEFAULT ' || first;
    EXECUTE 'ALTER TABLE retrieval.document_texts ADD COLUMN cut integer NOT NULL DEFAULT ' || first;
END
$$;
ALTER TABLE retrieval.passages ALTER COLUMN cut DROP DEFAULT, DROP CONSTRAINT passages_document_ordinal_key;
CREATE UNIQUE INDEX passages_document_cut_ordinal ON retrieval.passages (document, cut, ordinal);
ALTER TABLE retrieval.document_texts ALTER COLUMN cut DROP DEFAULT, DROP CONSTRAINT document_texts_pkey;
ALTER TABLE retrieval.document_texts ADD PRIMARY KEY (document, cut);
