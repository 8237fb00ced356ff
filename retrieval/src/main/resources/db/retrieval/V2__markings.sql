-- What a document bears, as compliance names it; its meaning is opaque here. Documents of before are marked at the next
-- start, and until then nobody may read them.
ALTER TABLE retrieval.documents ADD COLUMN marking bigint;
-- What the document is marked with itself, beside what its path says.
ALTER TABLE retrieval.documents ADD COLUMN labels uuid[] NOT NULL DEFAULT '{}';
ALTER TABLE retrieval.documents ADD COLUMN level integer CHECK (level >= 0);
CREATE INDEX documents_marking ON retrieval.documents (marking);

-- Vectors bear the marking of their document, so that the filter is part of their search.
DO $$
DECLARE
    vectors text;
BEGIN
    FOR vectors IN SELECT 'retrieval.vectors_' || id FROM retrieval.generations LOOP
        EXECUTE 'ALTER TABLE ' || vectors || ' DROP COLUMN collection';
        EXECUTE 'ALTER TABLE ' || vectors || ' ADD COLUMN marking bigint';
        EXECUTE 'CREATE INDEX ON ' || vectors || ' (marking)';
    END LOOP;
END
$$;
