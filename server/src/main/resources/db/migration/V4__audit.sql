-- What each record of the log is about, to search by: `actor:ID`, `kind:KIND`, and `user:ID`, `dashboard:ID` … for whatever
-- its body names. Written with the record, in the same transaction. The key is in the order of pages, so a page costs
-- what it holds, however long the log is. What was logged before this table is added by the migration that follows it.
CREATE TABLE log_subject (
  organization_id text COLLATE "C" NOT NULL,
  subject         text COLLATE "C" NOT NULL,
  revision        bigint           NOT NULL,
  number          integer          NOT NULL,
  PRIMARY KEY (organization_id, subject, revision, number)
);
