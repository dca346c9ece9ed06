-- Tokens with which people use the API. Only the hash of a token is kept, and its row for ever, so that
-- the audit can be read.
CREATE TABLE api_token_number (value ${bigint} NOT NULL)${strict};
INSERT INTO api_token_number (value) VALUES (0);

CREATE TABLE api_token (
  number ${bigint} PRIMARY KEY,
  owner TEXT NOT NULL,
  owner_name TEXT NOT NULL,
  label TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  created_at ${bigint} NOT NULL,
  expires_at ${bigint} NOT NULL,
  used_at ${bigint},
  revoked_at ${bigint}
)${strict};
CREATE INDEX api_token_owner ON api_token (owner);
