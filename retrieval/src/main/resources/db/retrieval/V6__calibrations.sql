-- How scores of questions become the judgment whether documents carry an answer. Rows are never changed: a version is a
-- hash of its numbers. Which one is used, and from which threshold on, is policy of the house.
CREATE TABLE retrieval.calibrations (
    version     text PRIMARY KEY,
    made_at     timestamptz NOT NULL,
    made_by     text NOT NULL,
    calibration text NOT NULL
);
