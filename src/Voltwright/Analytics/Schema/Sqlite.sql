-- Times are seconds since 1970, UTC. "sessions" has a row for each session that is over; "figures" the sums of what happened in an
-- hour, a day, a month, at one station or ('') at all.
CREATE TABLE IF NOT EXISTS progress (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    position INTEGER NOT NULL
);
INSERT OR IGNORE INTO progress VALUES (1, 0);

CREATE TABLE IF NOT EXISTS stations (
    station    TEXT PRIMARY KEY,
    since      INTEGER NOT NULL,
    slots      INTEGER NOT NULL,
    away_since INTEGER
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS sessions (
    id          TEXT PRIMARY KEY,
    station     TEXT NOT NULL,
    slot        INTEGER NOT NULL,
    card        TEXT NOT NULL,
    tariff      TEXT NOT NULL,
    status      TEXT NOT NULL,
    opened_at   INTEGER NOT NULL,
    started_at  INTEGER,
    ended_at    INTEGER NOT NULL,
    energy_wh   INTEGER NOT NULL,
    idle_s      INTEGER NOT NULL,
    currency    TEXT NOT NULL,
    billed      INTEGER NOT NULL,
    paid        INTEGER NOT NULL,
    stop_reason TEXT
);
CREATE INDEX IF NOT EXISTS sessions_ended ON sessions (ended_at, id);
CREATE INDEX IF NOT EXISTS sessions_station ON sessions (station, ended_at, id);

CREATE TABLE IF NOT EXISTS figures (
    grain      TEXT NOT NULL,
    station    TEXT NOT NULL,
    at         INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    label      TEXT NOT NULL,
    currency   TEXT NOT NULL,
    number     INTEGER NOT NULL,
    seconds    INTEGER NOT NULL,
    charging_s INTEGER NOT NULL,
    idle_s     INTEGER NOT NULL,
    wait_s     INTEGER NOT NULL,
    waits      INTEGER NOT NULL,
    energy_wh  INTEGER NOT NULL,
    billed     INTEGER NOT NULL,
    paid       INTEGER NOT NULL,
    peak_w     INTEGER NOT NULL,
    PRIMARY KEY (grain, station, at, kind, label, currency)
) WITHOUT ROWID;

CREATE VIEW IF NOT EXISTS session_facts AS
SELECT id AS session_id, station AS station_id, slot AS slot_number, card AS card_id, tariff AS tariff_id, status,
    strftime('%Y-%m-%dT%H:%M:%SZ', opened_at, 'unixepoch') AS opened_at,
    strftime('%Y-%m-%dT%H:%M:%SZ', started_at, 'unixepoch') AS started_at,
    strftime('%Y-%m-%dT%H:%M:%SZ', ended_at, 'unixepoch') AS ended_at,
    energy_wh, max(0, ended_at - started_at) AS seconds, idle_s AS idle_seconds, max(0, started_at - opened_at) AS wait_seconds,
    currency, billed AS billed_minor_units, paid AS paid_minor_units, stop_reason
FROM sessions;

CREATE VIEW IF NOT EXISTS station_figures AS
SELECT grain, station AS station_id, strftime('%Y-%m-%dT%H:%M:%SZ', at, 'unixepoch') AS at, kind, label, currency, number, seconds,
    charging_s AS charging_seconds, idle_s AS idle_seconds, wait_s AS wait_seconds, waits, energy_wh,
    billed AS billed_minor_units, paid AS paid_minor_units, peak_w
FROM figures WHERE station <> '';
