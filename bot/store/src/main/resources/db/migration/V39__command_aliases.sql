-- Words that people use for commands, each for themselves.
CREATE TABLE command_alias (
  owner TEXT NOT NULL,
  name TEXT NOT NULL,
  command TEXT NOT NULL,
  created_at ${bigint} NOT NULL,
  PRIMARY KEY (owner, name)
)${strict};
