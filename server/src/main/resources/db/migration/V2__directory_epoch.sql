-- Global, one row: another number after each creation of an organization, so that a proof of freshness covers which there
-- are. It is written last in the transaction that creates one: creations wait for each other here, for no longer than a
-- commit. It is drawn at random, so that another log does not come to the same number.
CREATE TABLE directory_epoch (
  one   boolean PRIMARY KEY DEFAULT true CHECK (one),
  epoch bigint  NOT NULL
);

INSERT INTO directory_epoch (epoch) VALUES (0);
