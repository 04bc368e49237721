-- The same as for SQLite, in a schema of its own, so that a reader can be granted just that.
CREATE SCHEMA IF NOT EXISTS analytics;

CREATE TABLE IF NOT EXISTS analytics.progress (
    id       int PRIMARY KEY CHECK (id = 1),
    position bigint NOT NULL
);
INSERT INTO analytics.progress VALUES (1, 0) ON CONFLICT DO NOTHING;

CREATE TABLE IF NOT EXISTS analytics.stations (
    station    text COLLATE "C" PRIMARY KEY,
    since      bigint NOT NULL,
    slots      bigint NOT NULL,
    away_since bigint
);

CREATE TABLE IF NOT EXISTS analytics.sessions (
    id          text COLLATE "C" PRIMARY KEY,
    station     text COLLATE "C" NOT NULL,
    slot        bigint NOT NULL,
    card        text NOT NULL,
    tariff      text NOT NULL,
    status      text NOT NULL,
    opened_at   bigint NOT NULL,
    started_at  bigint,
    ended_at    bigint NOT NULL,
    energy_wh   bigint NOT NULL,
    idle_s      bigint NOT NULL,
    currency    text NOT NULL,
    billed      bigint NOT NULL,
    paid        bigint NOT NULL,
    stop_reason text
);
CREATE INDEX IF NOT EXISTS sessions_ended ON analytics.sessions (ended_at, id);
CREATE INDEX IF NOT EXISTS sessions_station ON analytics.sessions (station, ended_at, id);

CREATE TABLE IF NOT EXISTS analytics.figures (
    grain      text COLLATE "C" NOT NULL,
    station    text COLLATE "C" NOT NULL,
    at         bigint NOT NULL,
    kind       text COLLATE "C" NOT NULL,
    label      text COLLATE "C" NOT NULL,
    currency   text COLLATE "C" NOT NULL,
    number     bigint NOT NULL,
    seconds    bigint NOT NULL,
    charging_s bigint NOT NULL,
    idle_s     bigint NOT NULL,
    wait_s     bigint NOT NULL,
    waits      bigint NOT NULL,
    energy_wh  bigint NOT NULL,
    billed     bigint NOT NULL,
    paid       bigint NOT NULL,
    peak_w     bigint NOT NULL,
    PRIMARY KEY (grain, station, at, kind, label, currency)
) WITH (fillfactor = 70);

CREATE OR REPLACE VIEW analytics.session_facts AS
SELECT id AS session_id, station AS station_id, slot AS slot_number, card AS card_id, tariff AS tariff_id, status,
    to_timestamp(opened_at) AS opened_at, to_timestamp(started_at) AS started_at, to_timestamp(ended_at) AS ended_at,
    energy_wh, CASE WHEN started_at IS NOT NULL THEN greatest(0, ended_at - started_at) END AS seconds, idle_s AS idle_seconds, 
    CASE WHEN started_at IS NOT NULL THEN greatest(0, started_at - opened_at) END AS wait_seconds,
    currency, billed AS billed_minor_units, paid AS paid_minor_units, stop_reason
FROM analytics.sessions;

CREATE OR REPLACE VIEW analytics.station_figures AS
SELECT grain, station AS station_id, to_timestamp(at) AS at, kind, label, currency, number, seconds,
    charging_s AS charging_seconds, idle_s AS idle_seconds, wait_s AS wait_seconds, waits, energy_wh,
    billed AS billed_minor_units, paid AS paid_minor_units, peak_w
FROM analytics.figures WHERE station <> '';
