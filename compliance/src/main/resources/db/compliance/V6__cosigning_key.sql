-- By which ML-DSA-44 key a log cosigns its own checkpoints. Logs from before get theirs at their next start.
CREATE TABLE compliance.cosigning_key (
    origin text PRIMARY KEY,
    vkey   text NOT NULL -- C2SP vkey, type 0x06
);
