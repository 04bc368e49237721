-- What is committed and not yet projected. Append-only, no second index: this is the hot path.
CREATE TABLE journal (
    position INTEGER PRIMARY KEY,
    body     BLOB NOT NULL
);

-- One row: the last position that the tables below contain.
CREATE TABLE checkpoint (
    only     INTEGER PRIMARY KEY CHECK (only = 1),
    position INTEGER NOT NULL
);
INSERT INTO checkpoint VALUES (1, 0);

-- id grows with creation, so a list runs newest first along any index.
CREATE TABLE streams (
    id      INTEGER PRIMARY KEY,
    stream  TEXT NOT NULL UNIQUE,
    kind    TEXT NOT NULL,
    version INTEGER NOT NULL,
    body    TEXT NOT NULL
);
CREATE INDEX streams_kind ON streams (kind);
CREATE INDEX session_station ON streams (json_extract(body, '$.stationId')) WHERE kind = 'session';
CREATE INDEX session_card ON streams (json_extract(body, '$.cardId')) WHERE kind = 'session';
CREATE INDEX session_status ON streams (json_extract(body, '$.status')) WHERE kind = 'session';
CREATE INDEX run_workflow ON streams (json_extract(body, '$.workflow.name')) WHERE kind = 'run';
CREATE INDEX run_status ON streams (json_extract(body, '$.status')) WHERE kind = 'run';
CREATE INDEX payment_session ON streams (json_extract(body, '$.sessionId')) WHERE kind = 'payment';
CREATE INDEX ticket_station ON streams (json_extract(body, '$.stationId')) WHERE kind = 'ticket';
CREATE INDEX ticket_status ON streams (json_extract(body, '$.status')) WHERE kind = 'ticket';

-- Times are ticks of 100 ns since year 1, UTC.
CREATE TABLE records (
    id      INTEGER PRIMARY KEY,
    stream  TEXT NOT NULL,
    version INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    body    TEXT NOT NULL
);
CREATE INDEX records_stream ON records (stream);

CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    id       TEXT,
    source   TEXT,
    type     TEXT,
    subject  TEXT,
    time     TEXT,
    body     TEXT NOT NULL
);

CREATE TABLE timers (
    stream TEXT NOT NULL,
    name   TEXT NOT NULL,
    due    INTEGER NOT NULL,
    PRIMARY KEY (stream, name)
) WITHOUT ROWID;

CREATE TABLE replies (
    id   INTEGER PRIMARY KEY,
    key  TEXT NOT NULL UNIQUE,
    at   INTEGER NOT NULL,
    body BLOB NOT NULL
);
