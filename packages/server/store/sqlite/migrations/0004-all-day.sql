ALTER TABLE accounts ADD COLUMN signature TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN avatar TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN last_seen INTEGER NOT NULL DEFAULT 0;
CREATE INDEX accounts_by_avatar ON accounts (avatar) WHERE avatar <> '';

CREATE TABLE avatars (
  name TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  bytes BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE settings (
  owner INTEGER PRIMARY KEY,
  status TEXT NOT NULL,
  contact_groups TEXT NOT NULL,
  rev INTEGER NOT NULL
);

ALTER TABLE contacts ADD COLUMN remark TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts ADD COLUMN contact_group TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts ADD COLUMN blocked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contacts ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;
-- Who has somebody in a row, to be told of a new name.
CREATE INDEX contacts_by_peer ON contacts (peer);
CREATE INDEX conversations_by_high ON conversations (high);

ALTER TABLE memberships ADD COLUMN from_seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE memberships ADD COLUMN pinned_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE memberships ADD COLUMN muted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE memberships ADD COLUMN marked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE memberships ADD COLUMN draft TEXT NOT NULL DEFAULT '';
-- Of groups: 0 the owner, 1 an admin, 2 a member.
ALTER TABLE memberships ADD COLUMN rank INTEGER NOT NULL DEFAULT 2;
ALTER TABLE memberships ADD COLUMN nickname TEXT NOT NULL DEFAULT '';
ALTER TABLE memberships ADD COLUMN folded_nickname TEXT NOT NULL DEFAULT '';
ALTER TABLE memberships ADD COLUMN silenced_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE memberships ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
DROP INDEX memberships_by_conversation;
CREATE INDEX memberships_by_conversation ON memberships (conversation, gone, rank, owner);

-- What the hot path asks of a group stands in `conversations`; the rest of it here.
ALTER TABLE conversations ADD COLUMN silenced INTEGER NOT NULL DEFAULT 0;
CREATE TABLE groups (
  conversation INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  folded_name TEXT NOT NULL,
  notice TEXT NOT NULL DEFAULT '',
  owner INTEGER NOT NULL,
  members INTEGER NOT NULL DEFAULT 0,
  history TEXT NOT NULL DEFAULT 'since_joining',
  joining TEXT NOT NULL DEFAULT 'closed',
  inviting TEXT NOT NULL DEFAULT 'members',
  listed INTEGER NOT NULL DEFAULT 0,
  dissolved INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 0,
  link_hash BLOB,
  link_expires_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX groups_by_folded_name ON groups (folded_name) WHERE listed = 1;
CREATE UNIQUE INDEX groups_by_link ON groups (link_hash) WHERE link_hash IS NOT NULL;

CREATE TABLE group_requests (
  owner INTEGER NOT NULL,
  conversation INTEGER NOT NULL,
  number INTEGER NOT NULL,
  greeting TEXT NOT NULL,
  state TEXT NOT NULL,
  at INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  PRIMARY KEY (owner, conversation, number)
) WITHOUT ROWID;
CREATE INDEX group_requests_by_rev ON group_requests (owner, rev);
CREATE INDEX group_requests_by_number ON group_requests (conversation, number);

-- Messages that are no news are not counted as unread: what happened in a group, and what was taken back.
ALTER TABLE messages ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN edited_at INTEGER;
ALTER TABLE messages ADD COLUMN reactions TEXT;
-- Its place in the search index; 0 where it is not found.
ALTER TABLE messages ADD COLUMN doc INTEGER NOT NULL DEFAULT 0;
-- Set by every change after the sending: few rows, and the index has only these.
ALTER TABLE messages ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX messages_changed ON messages (conversation, rev) WHERE changed = 1;

-- Who is mentioned where; number 0 is everybody.
CREATE TABLE mentions (
  conversation INTEGER NOT NULL,
  number INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (conversation, number, seq)
) WITHOUT ROWID;

-- The newest document last, so that a search from the end finds the newest first. Tokens are made by core: every one
-- stands between spaces, and whatever is not ASCII is a letter to this tokenizer, so its tokens are core's. `marks` are
-- c<conversation>, s<sender> and k<kind>, to look for in some places only.
CREATE VIRTUAL TABLE found USING fts5(
  tokens,
  marks,
  conversation UNINDEXED,
  seq UNINDEXED,
  at UNINDEXED,
  content = '',
  contentless_delete = 1,
  contentless_unindexed = 1,
  tokenize = 'ascii'
);
