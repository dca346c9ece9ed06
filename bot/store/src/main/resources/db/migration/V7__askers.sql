-- Who asked for a job, by ids: names change and can be taken.
ALTER TABLE job ADD COLUMN asker_id TEXT NOT NULL DEFAULT '';
CREATE INDEX job_of_asker ON job (asker_id, number);
