-- The id of the envelope that a delivery came in first; empty for what no envelope brought, and in
-- rows from before.
ALTER TABLE inbox ADD COLUMN envelope TEXT NOT NULL DEFAULT '';
