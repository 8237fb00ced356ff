-- Passages and texts of a dropped generation are deleted a few at a time after it was dropped, also after a restart.
ALTER TABLE retrieval.generations ADD COLUMN leftovers boolean NOT NULL DEFAULT false;
