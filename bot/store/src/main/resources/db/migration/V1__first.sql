-- Times are milliseconds since 1970 in UTC; ids are UUIDv7 texts, so they sort by age.

CREATE TABLE inbox (
  id TEXT PRIMARY KEY,
  -- Name of the replica that is to handle it.
  seat TEXT NOT NULL,
  kind TEXT NOT NULL,
  dedupe_key TEXT NOT NULL UNIQUE,
  payload TEXT NOT NULL,
  received_at ${bigint} NOT NULL,
  state TEXT NOT NULL DEFAULT 'NEW' CHECK (state IN ('NEW', 'HANDLED', 'ABANDONED')),
  finished_at ${bigint},
  reason TEXT NOT NULL DEFAULT ''
)${strict};
CREATE INDEX inbox_new ON inbox (seat, id) WHERE state = 'NEW';

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
  -- Who is sending it, until when nobody else may, and how often it has been claimed.
  claimed_by TEXT NOT NULL DEFAULT '',
  claimed_until ${bigint} NOT NULL DEFAULT 0,
  claim ${bigint} NOT NULL DEFAULT 0,
  parked ${bigint} NOT NULL DEFAULT 0,
  reason TEXT NOT NULL DEFAULT '',
  created_at ${bigint} NOT NULL,
  -- When it was sent last, or else first wanted.
  changed_at ${bigint} NOT NULL
)${strict};
CREATE INDEX outbox_created ON outbox (created_at);
CREATE INDEX outbox_due ON outbox (urgency, changed_at) WHERE sent < version AND parked = 0;

CREATE TABLE job_number (value ${bigint} NOT NULL)${strict};
INSERT INTO job_number (value) VALUES (0);

CREATE TABLE job (
  id TEXT PRIMARY KEY,
  number ${bigint} NOT NULL UNIQUE,
  -- The name of the replica that advances it.
  seat TEXT NOT NULL,
  status TEXT NOT NULL,
  title TEXT NOT NULL,
  asker TEXT NOT NULL,
  -- What it changes; empty where it changes no application.
  environment TEXT NOT NULL,
  application TEXT NOT NULL,
  version TEXT NOT NULL,
  -- What never changes, as JSON: who asked what where, and the plan.
  facts TEXT NOT NULL,
  -- What changes beside the columns here, the waves and the nodes, as JSON.
  progress TEXT NOT NULL,
  created_at ${bigint} NOT NULL,
  ended_at ${bigint}
)${strict};
CREATE INDEX job_unfinished ON job (seat, id) WHERE ended_at IS NULL;
CREATE INDEX job_of_application ON job (environment, application, number);

-- A job's requests in their order.
CREATE TABLE job_wave (
  job_id TEXT NOT NULL REFERENCES job (id),
  position ${bigint} NOT NULL,
  request TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  phase TEXT NOT NULL,
  nodes TEXT NOT NULL,
  answered TEXT NOT NULL,
  sent_at ${bigint},
  deadline_at ${bigint},
  PRIMARY KEY (job_id, position)
)${strict};

CREATE TABLE job_node (
  job_id TEXT NOT NULL REFERENCES job (id),
  node TEXT NOT NULL,
  status TEXT NOT NULL,
  message TEXT NOT NULL,
  data TEXT NOT NULL,
  latency_ms ${bigint} NOT NULL,
  request TEXT NOT NULL,
  boot TEXT NOT NULL,
  sequence ${bigint} NOT NULL,
  heard_at ${bigint} NOT NULL,
  heartbeat_ms ${bigint} NOT NULL,
  -- The beginning and the end of what it printed; all of it is in job_output.
  output_head TEXT NOT NULL,
  output_tail TEXT NOT NULL,
  output_length ${bigint} NOT NULL,
  output_fingerprint ${bigint} NOT NULL,
  PRIMARY KEY (job_id, node)
)${strict};

-- What nodes printed, piece by piece; "position" counts the characters before it.
CREATE TABLE job_output (
  job_id TEXT NOT NULL REFERENCES job (id),
  node TEXT NOT NULL,
  position ${bigint} NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (job_id, node, position)
)${strict};

-- What people want of a job, until the replica that advances it has seen to it.
CREATE TABLE job_order (
  id TEXT PRIMARY KEY,
  job_id TEXT NOT NULL REFERENCES job (id),
  wish TEXT NOT NULL
)${strict};

-- The one job that may be at work on an application in an environment.
CREATE TABLE deploy_slot (
  environment TEXT NOT NULL,
  application TEXT NOT NULL,
  job_id TEXT NOT NULL UNIQUE REFERENCES job (id),
  PRIMARY KEY (environment, application)
)${strict};

-- Nobody but the owner deploys; an empty application stands for all of the environment.
CREATE TABLE deploy_lock (
  environment TEXT NOT NULL,
  application TEXT NOT NULL,
  owner TEXT NOT NULL,
  owner_name TEXT NOT NULL,
  owner_user TEXT NOT NULL,
  reason TEXT NOT NULL,
  since_at ${bigint} NOT NULL,
  until_at ${bigint},
  PRIMARY KEY (environment, application)
)${strict};

CREATE TABLE schedule_number (value ${bigint} NOT NULL)${strict};
INSERT INTO schedule_number (value) VALUES (0);

CREATE TABLE schedule (
  number ${bigint} PRIMARY KEY,
  due_at ${bigint} NOT NULL,
  facts TEXT NOT NULL
)${strict};
CREATE INDEX schedule_due ON schedule (due_at);

-- Who may act under the name of a replica, by the database's clock.
CREATE TABLE seat (
  name TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  epoch ${bigint} NOT NULL,
  -- Whether the holder is the replica of this name and not one that stands in.
  is_home ${bigint} NOT NULL,
  expires_at ${bigint} NOT NULL
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

-- A chain: each row carries the hash of the one before, and its own.
CREATE TABLE audit (
  number ${bigint} PRIMARY KEY,
  at ${bigint} NOT NULL,
  principal TEXT NOT NULL,
  channel TEXT NOT NULL,
  raw TEXT NOT NULL,
  action TEXT NOT NULL,
  env TEXT NOT NULL,
  app TEXT NOT NULL,
  job TEXT NOT NULL,
  decision TEXT NOT NULL,
  reason TEXT NOT NULL,
  rules TEXT NOT NULL,
  policy TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
)${strict};
CREATE INDEX audit_env_app ON audit (env, app, number);

-- The chain's end, in one row. Whoever appends to the audit locks it.
CREATE TABLE audit_head (
  number ${bigint} NOT NULL,
  hash TEXT NOT NULL
)${strict};
INSERT INTO audit_head (number, hash)
VALUES (0, '0000000000000000000000000000000000000000000000000000000000000000');

CREATE TABLE policy (
  hash TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  used_at ${bigint} NOT NULL
)${strict};
