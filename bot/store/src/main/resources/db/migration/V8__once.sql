-- What happens once however often it is told: a second commit with the same mark is refused. A mark
-- is kept for as long as the same could be told again.
CREATE TABLE once (
  scope TEXT NOT NULL,
  mark TEXT NOT NULL,
  until_at ${bigint} NOT NULL,
  PRIMARY KEY (scope, mark)
)${strict};
CREATE INDEX once_until ON once (until_at);
