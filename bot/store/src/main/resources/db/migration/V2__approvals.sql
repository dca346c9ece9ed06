-- What waits for people's yes; one for each job that does.
CREATE TABLE approval (
  id TEXT PRIMARY KEY,
  job_id TEXT NOT NULL UNIQUE REFERENCES job (id),
  number ${bigint} NOT NULL UNIQUE,
  requester TEXT NOT NULL,
  action TEXT NOT NULL,
  environment TEXT NOT NULL,
  application TEXT NOT NULL,
  digest TEXT NOT NULL,
  status TEXT NOT NULL,
  -- How often it has changed; whoever changes it names the one they saw.
  version ${bigint} NOT NULL,
  expires_at ${bigint} NOT NULL,
  -- Set once all have agreed: when it is too late to begin.
  dispatch_before ${bigint},
  -- When time alone changes something; empty once nothing can.
  due_at ${bigint},
  reusable_until ${bigint},
  -- What never changes, as JSON; and what does, beside the columns here and the votes.
  facts TEXT NOT NULL,
  progress TEXT NOT NULL
)${strict};
CREATE INDEX approval_due ON approval (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX approval_reusable ON approval (digest) WHERE reusable_until IS NOT NULL;

-- One row for each person and request, also of a vote that was taken back.
CREATE TABLE approval_vote (
  approval_id TEXT NOT NULL REFERENCES approval (id),
  voter TEXT NOT NULL,
  position ${bigint} NOT NULL,
  withdrawn ${bigint} NOT NULL,
  vote TEXT NOT NULL,
  PRIMARY KEY (approval_id, voter)
)${strict};
