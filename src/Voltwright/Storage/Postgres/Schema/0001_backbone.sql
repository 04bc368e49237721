-- One row: the last position given. Its row lock, held until the commit, makes the order of positions the order of commits,
-- whatever process commits: who sees a position sees all before it.
CREATE TABLE log (
    id       boolean PRIMARY KEY DEFAULT true CHECK (id),
    position bigint NOT NULL
) WITH (fillfactor = 10);
INSERT INTO log (position) VALUES (0);

-- One row a process: the last batch it committed, so that an outcome that was lost on the way can be looked up.
CREATE TABLE writers (
    id       uuid PRIMARY KEY,
    batch    bigint NOT NULL,
    position bigint NOT NULL,
    at       timestamptz NOT NULL
) WITH (fillfactor = 10);

-- The newest state of each stream. What lists filter by stands in columns of its own, which seldom change: then an update
-- touches no index.
CREATE TABLE streams (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    stream   text COLLATE "C" NOT NULL UNIQUE,
    kind     text COLLATE "C" NOT NULL,
    version  bigint NOT NULL,
    body     text NOT NULL,
    status   text COLLATE "C",
    station  text COLLATE "C",
    card     text COLLATE "C",
    session  text COLLATE "C",
    workflow text COLLATE "C"
) WITH (fillfactor = 70);
CREATE INDEX streams_kind ON streams (kind, id);
CREATE INDEX streams_status ON streams (kind, status, id) WHERE status IS NOT NULL;
CREATE INDEX streams_station ON streams (kind, station, id) WHERE station IS NOT NULL;
CREATE INDEX streams_card ON streams (kind, card, id) WHERE card IS NOT NULL;
CREATE INDEX streams_session ON streams (kind, session, id) WHERE session IS NOT NULL;
CREATE INDEX streams_workflow ON streams (kind, workflow, id) WHERE workflow IS NOT NULL;

-- History, a partition a month, so that forgetting old months is dropping tables.
CREATE SEQUENCE records_id;
CREATE TABLE records (
    id      bigint NOT NULL DEFAULT nextval('records_id'),
    stream  text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    at      timestamptz NOT NULL,
    body    text NOT NULL
) PARTITION BY RANGE (at);
CREATE INDEX records_stream ON records (stream, id);

CREATE TABLE events (
    position bigint NOT NULL,
    at       timestamptz NOT NULL,
    type     text COLLATE "C",
    subject  text COLLATE "C",
    body     text NOT NULL
) PARTITION BY RANGE (at);
CREATE INDEX events_position ON events (position);
CREATE INDEX events_subject ON events (subject, position);

-- due: ticks of 100 ns since year 1, UTC; a timer is known by its exact time.
CREATE TABLE timers (
    stream text COLLATE "C" NOT NULL,
    name   text COLLATE "C" NOT NULL,
    due    bigint NOT NULL,
    PRIMARY KEY (stream, name)
);
CREATE INDEX timers_due ON timers (due);

CREATE TABLE replies (
    key  text COLLATE "C" PRIMARY KEY,
    at   timestamptz NOT NULL,
    body bytea NOT NULL
);
CREATE INDEX replies_at ON replies USING brin (at);
