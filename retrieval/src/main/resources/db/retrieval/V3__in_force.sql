-- What the house says of a document. Days are those of the house's calendar.
ALTER TABLE retrieval.documents
    ADD COLUMN owner         text,
    ADD COLUMN site          text,
    ADD COLUMN draft         boolean NOT NULL DEFAULT false,
    ADD COLUMN effective_on  date,
    ADD COLUMN review_on     date,
    ADD COLUMN expires_on    date,
    -- Superseded by hand, though by no document of the collection.
    ADD COLUMN withdrawn_on  date,
    -- Paths in the same collection: what supersedes may come before what it supersedes, and outlives its versions.
    ADD COLUMN supersedes    text[] NOT NULL DEFAULT '{}',
    -- Kept by the writer: the first day on which a document of the collection takes its place, or withdrawn_on.
    ADD COLUMN superseded_on date,
    ADD COLUMN fields        jsonb NOT NULL DEFAULT '{}';
CREATE INDEX documents_supersedes ON retrieval.documents USING gin (supersedes) WHERE supersedes <> '{}';
CREATE INDEX documents_review ON retrieval.documents (review_on) WHERE review_on IS NOT NULL;

-- Vectors name their document, so that the search for neighbours can look at what the house says of it.
DO $$
DECLARE
    vectors text;
BEGIN
    FOR vectors IN SELECT 'retrieval.vectors_' || id FROM retrieval.generations LOOP
        EXECUTE 'ALTER TABLE ' || vectors || ' ADD COLUMN document uuid';
        EXECUTE 'UPDATE ' || vectors || ' v SET document = p.document FROM retrieval.passages p WHERE p.id = v.passage';
        EXECUTE 'ALTER TABLE ' || vectors || ' ALTER COLUMN document SET NOT NULL';
    END LOOP;
END
$$;
