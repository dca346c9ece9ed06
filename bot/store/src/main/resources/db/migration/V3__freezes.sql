CREATE TABLE freeze_number (value ${bigint} NOT NULL)${strict};
INSERT INTO freeze_number (value) VALUES (0);

-- A time in which nothing is deployed, as a person has declared it; "facts" is all of it as JSON.
CREATE TABLE declared_freeze (
  number ${bigint} PRIMARY KEY,
  from_at ${bigint} NOT NULL,
  until_at ${bigint} NOT NULL,
  facts TEXT NOT NULL
)${strict};
