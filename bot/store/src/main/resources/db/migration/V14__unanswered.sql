-- Nodes that have not answered something, whichever replica asked: a row from the first silence until
-- the node does more than beat.
CREATE TABLE node_unanswered (
  name TEXT PRIMARY KEY,
  since_at ${bigint} NOT NULL
)${strict};
