-- By which method of the chat an item is sent, and to which channel: what shares a limit is one lane,
-- so a lane that has to wait is passed over as a whole. Empty in rows of earlier versions, which are
-- sorted in when they are found.
ALTER TABLE outbox ADD COLUMN method TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN channel TEXT NOT NULL DEFAULT '';

DROP INDEX outbox_due;
CREATE INDEX outbox_lane ON outbox (method, urgency, channel, changed_at, id)
  WHERE sent < version AND parked = 0;

-- Few rows at a time: what is to be tried later, and what is being sent.
CREATE INDEX outbox_later ON outbox (next_at)
  WHERE sent < version AND parked = 0 AND next_at > 0;
CREATE INDEX outbox_claimed ON outbox (claimed_until)
  WHERE sent < version AND parked = 0 AND claimed_until > 0;
