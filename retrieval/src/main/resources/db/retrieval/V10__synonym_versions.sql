-- Another one whenever a list is replaced, so that what was analysed of it can be kept until then.
ALTER TABLE retrieval.synonyms ADD COLUMN version uuid NOT NULL DEFAULT gen_random_uuid();
