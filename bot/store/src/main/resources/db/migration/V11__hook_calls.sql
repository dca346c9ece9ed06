-- Programs that are still to be run because of a node. What is newer takes the place of what nobody
-- has begun, so there are at most two of a program and a node.
CREATE TABLE hook_call (
  id TEXT PRIMARY KEY,
  hook TEXT NOT NULL,
  node TEXT NOT NULL,
  -- What the program is told, as JSON.
  event TEXT NOT NULL,
  at ${bigint} NOT NULL,
  -- Who runs it, and until when nobody else does.
  holder TEXT NOT NULL,
  held_until ${bigint} NOT NULL
)${strict};
CREATE INDEX hook_call_node ON hook_call (hook, node, id);
