CREATE TABLE alert_number (value ${bigint} NOT NULL)${strict};
INSERT INTO alert_number (value) VALUES (0);

-- From the first alert of a topic until all is well again. One of a topic is open at a time.
CREATE TABLE alert_episode (
  id TEXT PRIMARY KEY,
  number ${bigint} NOT NULL UNIQUE,
  topic TEXT NOT NULL,
  environment TEXT NOT NULL,
  severity TEXT NOT NULL,
  -- How often it has changed; whoever changes it names the one they saw.
  version ${bigint} NOT NULL,
  began_at ${bigint} NOT NULL,
  ended_at ${bigint},
  -- When time alone changes something.
  due_at ${bigint},
  -- What never changes, as JSON; and what does.
  facts TEXT NOT NULL,
  progress TEXT NOT NULL
)${strict};
CREATE UNIQUE INDEX alert_episode_open ON alert_episode (topic) WHERE ended_at IS NULL;
CREATE INDEX alert_episode_due ON alert_episode (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX alert_episode_ended ON alert_episode (ended_at) WHERE ended_at IS NOT NULL;

-- What is wrong now, and in which episode that is told.
CREATE TABLE alert_firing (
  key TEXT PRIMARY KEY,
  episode_id TEXT NOT NULL REFERENCES alert_episode (id)
)${strict};
CREATE INDEX alert_firing_episode ON alert_firing (episode_id);

CREATE TABLE silence_number (value ${bigint} NOT NULL)${strict};
INSERT INTO silence_number (value) VALUES (0);

-- For a time nobody is told of certain alerts; "facts" is all of it as JSON.
CREATE TABLE silence (
  number ${bigint} PRIMARY KEY,
  from_at ${bigint} NOT NULL,
  until_at ${bigint} NOT NULL,
  facts TEXT NOT NULL
)${strict};

CREATE INDEX outbox_parked ON outbox (id) WHERE parked = 1;
