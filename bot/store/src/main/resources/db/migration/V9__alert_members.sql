-- What is or was wrong in an episode, a row each: of 50,000 nodes that come back one after the other
-- each changes its own row.
CREATE TABLE alert_member (
  episode_id TEXT NOT NULL REFERENCES alert_episode (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  is_firing ${bigint} NOT NULL,
  -- All of it, as JSON.
  facts TEXT NOT NULL,
  PRIMARY KEY (episode_id, key)
)${strict};
CREATE INDEX alert_member_firing ON alert_member (key) WHERE is_firing = 1;

INSERT INTO alert_member (episode_id, key, is_firing, facts)
SELECT alert_episode.id, member.key,
  CASE WHEN alert_firing.key IS NULL THEN 0 ELSE 1 END, CAST(member.value AS TEXT)
FROM alert_episode
CROSS JOIN ${members} AS member
LEFT JOIN alert_firing
  ON alert_firing.key = member.key AND alert_firing.episode_id = alert_episode.id;

DROP TABLE alert_firing;

-- What is wrong and is no alert yet, as JSON.
CREATE TABLE alert_signal (
  id TEXT PRIMARY KEY,
  signal TEXT NOT NULL
)${strict};
