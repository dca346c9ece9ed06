-- Runs of runbooks. A run goes on from one version to the next, whichever replica looks at it; its number
-- is one of those of jobs.
CREATE TABLE runbook_run (
  number ${bigint} PRIMARY KEY,
  version ${bigint} NOT NULL,
  ended_at ${bigint},
  facts TEXT NOT NULL
)${strict};
CREATE INDEX runbook_run_active ON runbook_run (ended_at, number);
