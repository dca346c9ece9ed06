-- What is concluded of each node. A node that can be selected is in "node"; here is everybody who
-- was heard or is expected.
CREATE TABLE node_life (
  name TEXT PRIMARY KEY,
  environment TEXT NOT NULL,
  -- As JSON.
  applications TEXT NOT NULL,
  state TEXT NOT NULL,
  is_flapping ${bigint} NOT NULL,
  -- When it counts as down unless it is heard before.
  alert_after ${bigint} NOT NULL,
  incarnation ${bigint} NOT NULL,
  sequence ${bigint} NOT NULL,
  -- What was last heard, and all of what was concluded, as JSON. Whoever concludes something new
  -- names the conclusion they saw.
  sign TEXT NOT NULL,
  standing TEXT NOT NULL
)${strict};
CREATE INDEX node_life_alert_after ON node_life (alert_after)
WHERE state IN ('NEW', 'UP', 'LATE', 'ZOMBIE');

-- Each change of a node's state.
CREATE TABLE node_flip (
  node TEXT NOT NULL,
  at ${bigint} NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL
)${strict};
CREATE INDEX node_flip_node ON node_flip (node, at);
CREATE INDEX node_flip_at ON node_flip (at);

-- Who watches the nodes for all replicas, when they last did, and the incidents that are open, as
-- JSON. Whoever writes it names the row they saw.
CREATE TABLE watch (
  name TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  watched_at ${bigint} NOT NULL,
  incidents TEXT NOT NULL
)${strict};
