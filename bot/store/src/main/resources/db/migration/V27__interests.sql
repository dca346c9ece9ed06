-- Who gets a direct message when a job ends.
CREATE TABLE job_watcher (
  job TEXT NOT NULL,
  user_id TEXT NOT NULL,
  PRIMARY KEY (job, user_id)
)${strict};

CREATE TABLE subscription_number (value ${bigint} NOT NULL)${strict};
INSERT INTO subscription_number (value) VALUES (0);

-- Which channel is told of jobs on which application where; empty for any.
CREATE TABLE subscription (
  number ${bigint} PRIMARY KEY,
  channel TEXT NOT NULL,
  environment TEXT NOT NULL,
  application TEXT NOT NULL,
  owner TEXT NOT NULL,
  owner_name TEXT NOT NULL,
  created_at ${bigint} NOT NULL
)${strict};
