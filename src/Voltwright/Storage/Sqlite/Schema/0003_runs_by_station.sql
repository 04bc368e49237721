-- The runs that a station's events started: whoever sees some sites only sees theirs.
CREATE INDEX run_station ON streams (json_extract(body, '$.stationId')) WHERE kind = 'run';
