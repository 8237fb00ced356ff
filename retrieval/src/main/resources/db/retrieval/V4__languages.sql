-- In which language a passage is written, ISO 639-1: the analyser of its words. Until now all were taken for English.
ALTER TABLE retrieval.passages ADD COLUMN language text NOT NULL DEFAULT 'en';

-- What a collection's curators say means the same: a JSON array of lines, each an array of terms.
CREATE TABLE retrieval.synonyms (
    collection uuid PRIMARY KEY REFERENCES retrieval.collections ON DELETE CASCADE,
    lines      jsonb NOT NULL
);
