-- Rows that could not be read, so that the others of their table go on.
CREATE TABLE set_aside (
  -- The table, and the row's key in it.
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  reason TEXT NOT NULL,
  -- All of the row as JSON where it was taken out of its table; otherwise empty.
  content TEXT NOT NULL,
  since_at ${bigint} NOT NULL,
  -- When the operators were notified.
  reported_at ${bigint},
  PRIMARY KEY (source, id)
)${strict};
CREATE INDEX set_aside_new ON set_aside (since_at) WHERE reported_at IS NULL;
