-- The journal is a file of its own, and says whose it is. The table of that name here is what a backup found in it.
CREATE TABLE store (
    id TEXT NOT NULL
);
INSERT INTO store VALUES (lower(hex(randomblob(16))));
