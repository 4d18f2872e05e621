-- Global: the nodes that serve this installation. Each renews its beat for as long as it may answer; one whose beat stands
-- still is removed by the others. No time is in it: whoever looks counts on its own monotonic clock.
CREATE TABLE node (
  id   text   COLLATE "C" PRIMARY KEY,
  beat bigint NOT NULL CHECK (beat > 0)
);
