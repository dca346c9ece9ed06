-- Which machine has which address of a pool, from the moment it is chosen until it has been given back.
CREATE TABLE address (
  address TEXT PRIMARY KEY,
  environment TEXT NOT NULL,
  role TEXT NOT NULL,
  instance TEXT NOT NULL,
  -- The node that runs on the machine, once one was seen; empty before.
  node TEXT NOT NULL,
  state TEXT NOT NULL,
  since_at ${bigint} NOT NULL,
  -- Runs of the program that gives it back that failed in a row, and when it runs next.
  failures ${bigint} NOT NULL,
  due_at ${bigint} NOT NULL,
  -- How often it has changed; whoever changes it names the one they saw.
  version ${bigint} NOT NULL,
  UNIQUE (environment, role, instance)
)${strict};
