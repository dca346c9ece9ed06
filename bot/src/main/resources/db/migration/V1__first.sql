-- Times are milliseconds since 1970 in UTC; ids are UUIDv7 texts, so they sort by age.

CREATE TABLE inbox (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  dedupe_key TEXT NOT NULL UNIQUE,
  payload TEXT NOT NULL,
  received_at ${bigint} NOT NULL,
  state TEXT NOT NULL DEFAULT 'NEW' CHECK (state IN ('NEW', 'HANDLED', 'ABANDONED')),
  finished_at ${bigint},
  reason TEXT NOT NULL DEFAULT ''
)${strict};
CREATE INDEX inbox_new ON inbox (id) WHERE state = 'NEW';

-- One row per message, reaction or file; "version" is the content that is wanted, "sent" the one that is there.
CREATE TABLE outbox (
  id TEXT PRIMARY KEY,
  item TEXT NOT NULL,
  urgency ${bigint} NOT NULL,
  version ${bigint} NOT NULL DEFAULT 1,
  sent ${bigint} NOT NULL DEFAULT 0,
  timestamp TEXT,
  next_at ${bigint} NOT NULL DEFAULT 0,
  attempts ${bigint} NOT NULL DEFAULT 0,
  uncertain ${bigint} NOT NULL DEFAULT 0,
  parked ${bigint} NOT NULL DEFAULT 0,
  reason TEXT NOT NULL DEFAULT '',
  created_at ${bigint} NOT NULL,
  changed_at ${bigint} NOT NULL
)${strict};
CREATE INDEX outbox_due ON outbox (urgency, changed_at) WHERE sent < version AND parked = 0;

CREATE TABLE job_number (value ${bigint} NOT NULL)${strict};
INSERT INTO job_number (value) VALUES (0);

CREATE TABLE job (
  id TEXT PRIMARY KEY,
  number ${bigint} NOT NULL UNIQUE,
  status TEXT NOT NULL,
  -- What never changes, as JSON: who asked what where, and the plan.
  facts TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  created_at ${bigint} NOT NULL,
  deadline_at ${bigint} NOT NULL,
  dispatched_at ${bigint},
  ended_at ${bigint}
)${strict};
CREATE INDEX job_unfinished ON job (id) WHERE ended_at IS NULL;

CREATE TABLE job_node (
  job_id TEXT NOT NULL REFERENCES job (id),
  node TEXT NOT NULL,
  status TEXT NOT NULL,
  message TEXT NOT NULL,
  output TEXT NOT NULL,
  data TEXT NOT NULL,
  latency_ms ${bigint} NOT NULL,
  boot TEXT NOT NULL,
  sequence ${bigint} NOT NULL,
  PRIMARY KEY (job_id, node)
)${strict};

CREATE TABLE node (
  name TEXT PRIMARY KEY,
  description TEXT NOT NULL,
  incarnation ${bigint} NOT NULL DEFAULT 0,
  sequence ${bigint} NOT NULL DEFAULT 0,
  heard_at ${bigint} NOT NULL DEFAULT 0,
  interval_ms ${bigint} NOT NULL DEFAULT 10000,
  has_left ${bigint} NOT NULL DEFAULT 0
)${strict};

CREATE TABLE trusted_node (
  name TEXT PRIMARY KEY,
  public_key TEXT NOT NULL,
  since_at ${bigint} NOT NULL
)${strict};

CREATE TABLE audit (
  id TEXT PRIMARY KEY,
  at ${bigint} NOT NULL,
  principal TEXT NOT NULL,
  channel TEXT NOT NULL,
  raw TEXT NOT NULL,
  action TEXT NOT NULL,
  decision TEXT NOT NULL,
  reason TEXT NOT NULL,
  rules TEXT NOT NULL,
  policy TEXT NOT NULL
)${strict};
CREATE INDEX audit_at ON audit (at);

CREATE TABLE policy (
  hash TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  used_at ${bigint} NOT NULL
)${strict};
