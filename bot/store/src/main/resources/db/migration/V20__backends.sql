-- By what the backend finds a wave again after a restart, if it needs more than the request's id.
ALTER TABLE job_wave ADD COLUMN handle TEXT;
