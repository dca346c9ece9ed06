-- Which version of a plugin planned a job: it presents the job until the job has ended, also over a
-- restart, whatever was loaded since.
CREATE TABLE plugin_job (
  job TEXT PRIMARY KEY,
  plugin TEXT NOT NULL,
  -- Of the jar.
  sha256 TEXT NOT NULL
)${strict};
