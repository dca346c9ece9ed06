-- Other ids of a person, as principals. In an organization with many workspaces one person has an id
-- of the organization, which is the principal, and one in each workspace. Rows that were written
-- before stay as they are; questions about a person are answered through this table.
CREATE TABLE principal_alias (
  alias TEXT PRIMARY KEY,
  principal TEXT NOT NULL,
  since_at ${bigint} NOT NULL
)${strict};
CREATE INDEX principal_alias_of ON principal_alias (principal);
