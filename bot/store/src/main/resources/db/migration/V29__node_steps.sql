-- The steps of its work that a node has reported, with their times: a line each.
ALTER TABLE job_node ADD COLUMN steps TEXT NOT NULL DEFAULT '';
