-- In which thread a job's message stands, so that what is said there without a number can mean the job. Jobs of
-- earlier versions have none: in their threads the number has to be typed.
ALTER TABLE job ADD COLUMN channel TEXT NOT NULL DEFAULT '';
ALTER TABLE job ADD COLUMN thread TEXT NOT NULL DEFAULT '';
CREATE INDEX job_of_thread ON job (thread, number) WHERE thread <> '';

-- Which message a thread began with.
CREATE INDEX outbox_timestamp ON outbox (timestamp) WHERE timestamp IS NOT NULL;
