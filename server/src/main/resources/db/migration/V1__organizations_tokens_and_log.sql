-- Every key begins with the organization's id and every statement names one organization, so that an engine which
-- shards by tenant runs the same statements. The few global tables say so.
--
-- No foreign keys: each costs an index probe and a row lock for every row written, and would force an order on
-- statements that are otherwise batched table by table. What they would hold is decided on the organization's graph
-- under its row lock, and asserted by update counts and by the graph's fingerprint.
--
-- Ids are never used again: what is deleted stays as a tombstone. Levels are 0 NONE, 1 VIEWER, 2 EDITOR.

-- One row is one organization's lock, its revision and the head of its log.
CREATE TABLE organization (
  id          text COLLATE "C" PRIMARY KEY,
  name        text             NOT NULL,
  parent      text COLLATE "C",
  root        text COLLATE "C" NOT NULL,
  revision    bigint           NOT NULL CHECK (revision >= 0),
  head        bytea            NOT NULL CHECK (octet_length(head) = 32),
  at          timestamptz      NOT NULL,
  fingerprint bigint           NOT NULL,
  users       bigint           NOT NULL CHECK (users >= 0),
  teams       bigint           NOT NULL CHECK (teams >= 0),
  memberships bigint           NOT NULL CHECK (memberships >= 0),
  workspaces  bigint           NOT NULL CHECK (workspaces >= 0),
  dashboards  bigint           NOT NULL CHECK (dashboards >= 0),
  entries     bigint           NOT NULL CHECK (entries >= 0),
  agents      bigint           NOT NULL CHECK (agents >= 0),
  grants      bigint           NOT NULL CHECK (grants >= 0)
) WITH (fillfactor = 50); -- written at every revision: room on the page keeps those updates out of the indexes

CREATE INDEX organization_by_root ON organization (root, id);

-- name_folded is the name in lower case as Java folds it: what a database's lower() does depends on its locale.
CREATE TABLE user_account (
  organization_id text COLLATE "C" NOT NULL,
  id              text COLLATE "C" NOT NULL,
  name            text,
  name_folded     text COLLATE "C",
  email           text,
  email_canonical text COLLATE "C",
  title           text,
  role            text             NOT NULL CHECK (role IN ('ANALYST', 'MANAGER', 'ADMIN')),
  status          text             NOT NULL CHECK (status IN ('INVITED', 'ACTIVE', 'DISABLED', 'DELETED')),
  created_at      timestamptz      NOT NULL,
  admin_since     timestamptz,
  active_response boolean          NOT NULL,
  second_factor   boolean          NOT NULL,
  PRIMARY KEY (organization_id, id),
  CHECK ((role = 'ADMIN') = (admin_since IS NOT NULL))
);

CREATE UNIQUE INDEX user_account_email ON user_account (organization_id, email_canonical) WHERE status <> 'DELETED';
CREATE INDEX user_account_name ON user_account (organization_id, name_folded, id);

CREATE TABLE team (
  organization_id text COLLATE "C" NOT NULL,
  id              text COLLATE "C" NOT NULL,
  name            text             NOT NULL,
  deleted         boolean          NOT NULL DEFAULT false,
  PRIMARY KEY (organization_id, id)
);

CREATE TABLE team_user (
  organization_id text COLLATE "C" NOT NULL,
  team_id         text COLLATE "C" NOT NULL,
  user_id         text COLLATE "C" NOT NULL,
  PRIMARY KEY (organization_id, team_id, user_id)
);

CREATE TABLE team_team (
  organization_id text COLLATE "C" NOT NULL,
  team_id         text COLLATE "C" NOT NULL,
  member_id       text COLLATE "C" NOT NULL,
  PRIMARY KEY (organization_id, team_id, member_id)
);

CREATE TABLE workspace (
  organization_id text COLLATE "C" NOT NULL,
  id              text COLLATE "C" NOT NULL,
  name            text             NOT NULL,
  deleted         boolean          NOT NULL DEFAULT false,
  PRIMARY KEY (organization_id, id)
);

CREATE TABLE dashboard (
  organization_id text COLLATE "C" NOT NULL,
  id              text COLLATE "C" NOT NULL,
  name            text             NOT NULL,
  owner_id        text COLLATE "C" NOT NULL,
  company_default smallint         NOT NULL CHECK (company_default BETWEEN 0 AND 2),
  draft           boolean          NOT NULL,
  workspace_id    text COLLATE "C",
  deleted         boolean          NOT NULL DEFAULT false,
  PRIMARY KEY (organization_id, id)
);

CREATE TABLE user_entry (
  organization_id text COLLATE "C" NOT NULL,
  dashboard_id    text COLLATE "C" NOT NULL,
  user_id         text COLLATE "C" NOT NULL,
  level           smallint         NOT NULL CHECK (level BETWEEN 0 AND 2),
  ends_at         timestamptz,
  PRIMARY KEY (organization_id, dashboard_id, user_id)
);

CREATE TABLE team_entry (
  organization_id text COLLATE "C" NOT NULL,
  dashboard_id    text COLLATE "C" NOT NULL,
  team_id         text COLLATE "C" NOT NULL,
  level           smallint         NOT NULL CHECK (level BETWEEN 0 AND 2),
  ends_at         timestamptz,
  PRIMARY KEY (organization_id, dashboard_id, team_id)
);

-- Global: vendor staff, who belong to no organization.
CREATE TABLE support_agent (
  id          text COLLATE "C" PRIMARY KEY,
  name        text             NOT NULL,
  email       text             NOT NULL,
  agent_group text COLLATE "C" NOT NULL,
  removed     boolean          NOT NULL DEFAULT false
);

CREATE INDEX support_agent_by_group ON support_agent (agent_group, id) WHERE NOT removed;

-- The agents whom an organization's grants reach, by value: its graph needs nothing global.
CREATE TABLE organization_agent (
  organization_id text COLLATE "C" NOT NULL,
  agent_id        text COLLATE "C" NOT NULL,
  agent_group     text COLLATE "C" NOT NULL,
  PRIMARY KEY (organization_id, agent_id)
);

-- Global: the ids of grants are unique everywhere, and this is where one is looked up without its organization.
CREATE TABLE support_grant_id (
  id              text COLLATE "C" PRIMARY KEY,
  organization_id text COLLATE "C" NOT NULL
);

CREATE TABLE support_grant (
  organization_id text COLLATE "C" NOT NULL,
  id              text COLLATE "C" NOT NULL,
  holder_group    text COLLATE "C",
  holder_agent    text COLLATE "C",
  roles           text[]           NOT NULL CHECK (cardinality(roles) > 0),
  starts_at       timestamptz      NOT NULL,
  ends_at         timestamptz,
  granted_by      text COLLATE "C",
  reason          text             NOT NULL DEFAULT '',
  revoked_at      timestamptz,
  revoked_by      text COLLATE "C",
  PRIMARY KEY (organization_id, id),
  CHECK (num_nonnulls(holder_group, holder_agent) = 1)
);

CREATE TABLE support_grant_workspace (
  organization_id text COLLATE "C" NOT NULL,
  grant_id        text COLLATE "C" NOT NULL,
  workspace_id    text COLLATE "C" NOT NULL,
  role            text,
  PRIMARY KEY (organization_id, grant_id, workspace_id)
);

-- Append-only. hash = SHA-256(hash of the record before || body), so a record cannot be altered unseen.
CREATE TABLE log_record (
  organization_id text COLLATE "C" NOT NULL,
  revision        bigint           NOT NULL,
  number          integer          NOT NULL,
  at              timestamptz      NOT NULL,
  body            bytea            NOT NULL,
  hash            bytea            NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (organization_id, revision, number)
);

-- What the bodies hold only a commitment to. Rows may be deleted: the chain stays whole.
CREATE TABLE log_personal (
  organization_id text COLLATE "C" NOT NULL,
  revision        bigint           NOT NULL,
  number          integer          NOT NULL,
  field           text COLLATE "C" NOT NULL,
  about           text COLLATE "C" NOT NULL,
  salt            bytea            NOT NULL CHECK (octet_length(salt) = 16),
  value           text             NOT NULL,
  PRIMARY KEY (organization_id, revision, number, field)
);

CREATE INDEX log_personal_about ON log_personal (organization_id, about);

CREATE TABLE idempotency_key (
  organization_id text COLLATE "C" NOT NULL,
  caller          text COLLATE "C" NOT NULL,
  key             text COLLATE "C" NOT NULL,
  request_hash    bytea            NOT NULL CHECK (octet_length(request_hash) = 32),
  response        bytea            NOT NULL,
  created_at      timestamptz      NOT NULL,
  PRIMARY KEY (organization_id, caller, key)
);

CREATE INDEX idempotency_key_by_age ON idempotency_key (organization_id, created_at);

-- Global: a token's hash is looked up before its organization is known.
CREATE TABLE api_token (
  id              text COLLATE "C" PRIMARY KEY,
  hash            bytea            NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
  name            text             NOT NULL,
  scopes          text[]           NOT NULL,
  binding         text             NOT NULL CHECK (binding IN ('ORGANIZATION', 'REALM', 'ALL')),
  organization_id text COLLATE "C",
  created_at      timestamptz      NOT NULL,
  expires_at      timestamptz,
  revoked_at      timestamptz,
  CHECK ((binding = 'ALL') = (organization_id IS NULL))
);

CREATE INDEX api_token_by_binding ON api_token (organization_id, id);

-- Global, one row: counts the changes of tokens, so that a proof of freshness covers them.
CREATE TABLE token_epoch (
  one   boolean PRIMARY KEY DEFAULT true CHECK (one),
  epoch bigint  NOT NULL
);

INSERT INTO token_epoch (epoch) VALUES (0);

-- Global: the keys that page cursors are sealed with. The newest seals; older ones still open until retired.
CREATE TABLE signing_key (
  id         integer     PRIMARY KEY,
  key        bytea       NOT NULL,
  created_at timestamptz NOT NULL
);

-- Global, one row: what all nodes must agree on.
CREATE TABLE setting (
  one              boolean PRIMARY KEY DEFAULT true CHECK (one),
  installation_id  uuid    NOT NULL DEFAULT gen_random_uuid(),
  max_staleness_ms bigint  NOT NULL DEFAULT 1000 CHECK (max_staleness_ms BETWEEN 50 AND 3600000)
);

INSERT INTO setting DEFAULT VALUES;
