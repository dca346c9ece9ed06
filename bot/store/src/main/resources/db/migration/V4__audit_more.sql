-- What else is known of an entry, as JSON; empty in rows from before. Part of the row's hash where
-- it is there.
ALTER TABLE audit ADD COLUMN more TEXT NOT NULL DEFAULT '';
