-- Tokens with which nodes of one environment join without a person. Only the hash of a token is kept, and its row for
-- ever, so that the audit can be read.
CREATE TABLE enrolment_token (
  number ${bigint} PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  environment TEXT NOT NULL,
  creator TEXT NOT NULL,
  creator_name TEXT NOT NULL,
  created_at ${bigint} NOT NULL,
  expires_at ${bigint} NOT NULL,
  uses ${bigint} NOT NULL,
  used ${bigint} NOT NULL,
  revoked_at ${bigint}
)${strict};
CREATE INDEX enrolment_token_expires ON enrolment_token (expires_at);
