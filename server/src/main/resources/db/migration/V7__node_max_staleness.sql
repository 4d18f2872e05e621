-- For how long what a node has answered may be honoured: nodes may differ while max-staleness is being changed. A node of the
-- version before that registers from now on does not say it, and so is taken to have the longest there can be; those that
-- are there are taken to have the one that is set: a change of it is to be complete before.
ALTER TABLE node ADD COLUMN max_staleness_ms bigint NOT NULL DEFAULT 3600000 CHECK (max_staleness_ms > 0);
UPDATE node SET max_staleness_ms = (SELECT max_staleness_ms FROM setting);
