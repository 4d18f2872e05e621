-- Everything that people do around access: requests, invitations, digests, links, mail, vendor support.

CREATE TABLE access_request (
  organization_id text COLLATE "C" NOT NULL,
  id              text COLLATE "C" NOT NULL,
  dashboard_id    text COLLATE "C" NOT NULL,
  requester_id    text COLLATE "C" NOT NULL,
  addressee_id    text COLLATE "C" NOT NULL,
  addressing      integer          NOT NULL CHECK (addressing > 0),
  status          text             NOT NULL CHECK (status IN ('PENDING', 'APPROVED', 'DECLINED', 'EXPIRED', 'CANCELLED')),
  made_at         timestamptz      NOT NULL,
  ends_at         timestamptz      NOT NULL,
  decided_by      text COLLATE "C",
  decided_at      timestamptz,
  level           smallint CHECK (level BETWEEN 1 AND 2),
  reason          text             NOT NULL DEFAULT '',
  PRIMARY KEY (organization_id, id),
  CHECK ((status IN ('APPROVED', 'DECLINED')) = (decided_at IS NOT NULL))
);

-- One person has at most one pending request for a dashboard.
CREATE UNIQUE INDEX access_request_pending ON access_request (organization_id, dashboard_id, requester_id)
  WHERE status = 'PENDING';
CREATE INDEX access_request_by_pair ON access_request (organization_id, dashboard_id, requester_id, made_at);
CREATE INDEX access_request_by_requester ON access_request (organization_id, requester_id, id);

-- Global: the ids of requests are unique everywhere.
CREATE TABLE access_request_id (
  id              text COLLATE "C" PRIMARY KEY,
  organization_id text COLLATE "C" NOT NULL
);

CREATE TABLE subscription (
  organization_id text COLLATE "C" NOT NULL,
  user_id         text COLLATE "C" NOT NULL,
  dashboard_id    text COLLATE "C" NOT NULL,
  PRIMARY KEY (organization_id, user_id, dashboard_id)
);

CREATE TABLE invitation (
  organization_id text COLLATE "C" NOT NULL,
  user_id         text COLLATE "C" NOT NULL,
  sending         integer          NOT NULL CHECK (sending > 0),
  sent_at         timestamptz      NOT NULL,
  ends_at         timestamptz      NOT NULL,
  PRIMARY KEY (organization_id, user_id)
);

-- Whoever is to be written to when a draft is published.
CREATE TABLE waiting_mail (
  organization_id text COLLATE "C" NOT NULL,
  dashboard_id    text COLLATE "C" NOT NULL,
  user_id         text COLLATE "C" NOT NULL,
  kind            text             NOT NULL CHECK (kind IN ('SHARED', 'APPROVED')),
  by_id           text COLLATE "C" NOT NULL,
  PRIMARY KEY (organization_id, dashboard_id, user_id)
);

-- Global: a link's hash is looked up before its organization is known. A link is alive as long as `generation` is the
-- request's addressing or the invitation's sending.
CREATE TABLE one_click_link (
  hash            bytea            PRIMARY KEY CHECK (octet_length(hash) = 32),
  organization_id text COLLATE "C" NOT NULL,
  request_id      text COLLATE "C",
  decision        text CHECK (decision IN ('APPROVE_VIEWER', 'APPROVE_EDITOR', 'DECLINE')),
  user_id         text COLLATE "C",
  generation      integer          NOT NULL,
  ends_at         timestamptz      NOT NULL,
  CHECK (num_nonnulls(request_id, user_id) = 1),
  CHECK ((request_id IS NULL) = (decision IS NULL))
);

CREATE INDEX one_click_link_by_end ON one_click_link (ends_at);

-- Global: the outbox, which one statement looks through for what is due. Ids rise in the order in which an organization's
-- mails are written. What a mail says goes when it is sent; links are made then, and never kept here.
CREATE TABLE mail (
  id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organization_id   text COLLATE "C" NOT NULL,
  recipient_id      text COLLATE "C" NOT NULL,
  address           text             NOT NULL,
  address_canonical text COLLATE "C" NOT NULL,
  kind              text             NOT NULL,
  dashboard_id      text COLLATE "C",
  level             smallint CHECK (level BETWEEN 0 AND 3),
  request_id        text COLLATE "C",
  requester_id      text COLLATE "C",
  grant_id          text COLLATE "C",
  content           text,
  state             text             NOT NULL DEFAULT 'WAITING' CHECK (state IN ('WAITING', 'SENT', 'DEAD')),
  written_at        timestamptz      NOT NULL,
  attempts          integer          NOT NULL DEFAULT 0,
  next_attempt_at   timestamptz      NOT NULL,
  claimed_until     timestamptz,
  sent_at           timestamptz,
  failure           text,
  CHECK ((state = 'SENT') = (sent_at IS NOT NULL)),
  CHECK (state = 'SENT' OR content IS NOT NULL)
);

CREATE INDEX mail_waiting ON mail (address_canonical, id) WHERE state = 'WAITING';
CREATE INDEX mail_by_organization ON mail (organization_id, id);
CREATE INDEX mail_dead ON mail (id) WHERE state = 'DEAD';

-- An agent's request that nobody has answered; the log keeps what became of it.
CREATE TABLE support_request (
  organization_id text COLLATE "C" NOT NULL,
  agent_id        text COLLATE "C" NOT NULL,
  made_at         timestamptz      NOT NULL,
  ends_at         timestamptz      NOT NULL,
  reason          text             NOT NULL DEFAULT '',
  PRIMARY KEY (organization_id, agent_id)
);

-- What a realm's root says about support access; without a row, the usual.
CREATE TABLE support_policy (
  organization_id text COLLATE "C" NOT NULL PRIMARY KEY,
  usual_micros    bigint CHECK (usual_micros > 0),
  longest_micros  bigint CHECK (longest_micros > 0),
  until_revoked   boolean          NOT NULL,
  agent_groups    text[]           NOT NULL
);

-- Global: one row is one group's lock. A grant to the group holds it shared, joining and leaving hold it alone: so no
-- grant is written that has not seen who is in the group.
CREATE TABLE support_group (
  name text COLLATE "C" PRIMARY KEY
);

INSERT INTO support_group (name) SELECT DISTINCT agent_group FROM support_agent;

-- Global: agents whose joining, moving or removal has still to be written to the organizations concerned. `change` is the
-- agent's own, so that who has written an older one does not take the job away from a newer one.
CREATE TABLE support_agent_job (
  agent_id text COLLATE "C" PRIMARY KEY,
  change   bigint           NOT NULL,
  caller   text             NOT NULL,
  made_at  timestamptz      NOT NULL
);

-- Global: where a group or an agent may matter: something was granted to it there, or the agent is known there. `holder`
-- is `group:` and a name, or an agent's id. Kept under the organization's lock.
CREATE TABLE support_reach (
  holder          text COLLATE "C" NOT NULL,
  organization_id text COLLATE "C" NOT NULL,
  PRIMARY KEY (holder, organization_id)
);

INSERT INTO support_reach (holder, organization_id)
  SELECT DISTINCT coalesce('group:' || holder_group, holder_agent), organization_id FROM support_grant
  UNION SELECT agent_id, organization_id FROM organization_agent;

-- Global: what was answered to a caller's key about agents, who belong to no organization.
CREATE TABLE support_agent_key (
  caller       text COLLATE "C" NOT NULL,
  key          text COLLATE "C" NOT NULL,
  request_hash bytea            NOT NULL CHECK (octet_length(request_hash) = 32),
  response     bytea            NOT NULL,
  created_at   timestamptz      NOT NULL,
  PRIMARY KEY (caller, key)
);

CREATE INDEX support_agent_key_by_age ON support_agent_key (created_at);

-- When an agent last did or asked for something, to the minute or so.
CREATE TABLE support_agent_activity (
  organization_id text COLLATE "C" NOT NULL,
  agent_id        text COLLATE "C" NOT NULL,
  last_active_at  timestamptz      NOT NULL,
  PRIMARY KEY (organization_id, agent_id)
);

-- `number` rises in the order in which an organization's grants are given.
ALTER TABLE support_grant
  ADD COLUMN granted_by_organization text COLLATE "C",
  ADD COLUMN revoked_by_organization text COLLATE "C",
  ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY;

-- Counts what was done about an agent: registered, moved, removed.
ALTER TABLE support_agent ADD COLUMN change bigint NOT NULL DEFAULT 1;

-- What agents did, by themselves or as callers have told: a body is JSON with sorted keys and without white space.
CREATE INDEX log_record_of_agents ON log_record (organization_id, revision, number)
  WHERE position('"actor":"support:'::bytea IN body) > 0 OR position('"kind":"AGENT_ACT"'::bytea IN body) > 0;
