-- A station's own events, newest first: its page, and what its sessions went through.
CREATE INDEX events_subject ON events (subject, position);
