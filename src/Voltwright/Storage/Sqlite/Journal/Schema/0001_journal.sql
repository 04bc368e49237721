-- What is committed and maybe not yet in the tables, which are another file. Append-only, no second index: this is the hot path.
CREATE TABLE journal (
    position INTEGER PRIMARY KEY,
    body     BLOB NOT NULL
);

-- One row: whose journal it is.
CREATE TABLE store (
    id TEXT NOT NULL
);
INSERT INTO store VALUES ('');
