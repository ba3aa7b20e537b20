ALTER TABLE accounts
  ADD COLUMN signature text NOT NULL DEFAULT '',
  ADD COLUMN avatar text NOT NULL DEFAULT '',
  ADD COLUMN last_seen bigint NOT NULL DEFAULT 0;
CREATE INDEX accounts_by_avatar ON accounts (avatar) WHERE avatar <> '';

CREATE TABLE avatars (
  name text PRIMARY KEY,
  type text NOT NULL,
  bytes bytea NOT NULL
);

CREATE TABLE settings (
  owner bigint PRIMARY KEY,
  status text NOT NULL,
  contact_groups text NOT NULL,
  rev bigint NOT NULL
);

ALTER TABLE contacts
  ADD COLUMN remark text NOT NULL DEFAULT '',
  ADD COLUMN contact_group text NOT NULL DEFAULT '',
  ADD COLUMN blocked integer NOT NULL DEFAULT 0,
  ADD COLUMN hidden integer NOT NULL DEFAULT 0;
CREATE INDEX contacts_by_peer ON contacts (peer);

-- Of groups, `rank` is 0 for the owner, 1 for an admin, 2 for a member.
ALTER TABLE memberships
  ADD COLUMN from_seq bigint NOT NULL DEFAULT 0,
  ADD COLUMN pinned_at bigint NOT NULL DEFAULT 0,
  ADD COLUMN muted integer NOT NULL DEFAULT 0,
  ADD COLUMN marked integer NOT NULL DEFAULT 0,
  ADD COLUMN draft text NOT NULL DEFAULT '',
  ADD COLUMN rank integer NOT NULL DEFAULT 2,
  ADD COLUMN nickname text NOT NULL DEFAULT '',
  ADD COLUMN folded_nickname text NOT NULL DEFAULT '',
  ADD COLUMN silenced_until bigint NOT NULL DEFAULT 0,
  ADD COLUMN gone integer NOT NULL DEFAULT 0;
DROP INDEX memberships_by_conversation;
CREATE INDEX memberships_by_conversation ON memberships (conversation, gone, rank, owner);

-- What the hot path asks of a group stands in `conversations`; the rest of it here.
ALTER TABLE conversations ADD COLUMN silenced integer NOT NULL DEFAULT 0;
CREATE INDEX conversations_by_high ON conversations (high);
CREATE TABLE groups (
  conversation bigint PRIMARY KEY,
  name text NOT NULL,
  folded_name text NOT NULL,
  notice text NOT NULL DEFAULT '',
  owner bigint NOT NULL,
  members integer NOT NULL DEFAULT 0,
  history text NOT NULL DEFAULT 'since_joining',
  joining text NOT NULL DEFAULT 'closed',
  inviting text NOT NULL DEFAULT 'members',
  listed integer NOT NULL DEFAULT 0,
  dissolved integer NOT NULL DEFAULT 0,
  version bigint NOT NULL DEFAULT 0,
  link_hash bytea,
  link_expires_at bigint NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX groups_by_link ON groups (link_hash) WHERE link_hash IS NOT NULL;

CREATE TABLE group_requests (
  owner bigint NOT NULL,
  conversation bigint NOT NULL,
  number bigint NOT NULL,
  greeting text NOT NULL,
  state text NOT NULL,
  at bigint NOT NULL,
  rev bigint NOT NULL,
  PRIMARY KEY (owner, conversation, number)
);
CREATE INDEX group_requests_by_rev ON group_requests (owner, rev);
CREATE INDEX group_requests_by_number ON group_requests (conversation, number);

-- `doc` is its place in the search index, 0 where it is not found; `changed` is set by every change after the sending:
-- few rows, and the index has only these.
ALTER TABLE messages
  ADD COLUMN quiet integer NOT NULL DEFAULT 0,
  ADD COLUMN edited_at bigint,
  ADD COLUMN reactions text,
  ADD COLUMN doc bigint NOT NULL DEFAULT 0,
  ADD COLUMN changed integer NOT NULL DEFAULT 0;
CREATE INDEX messages_changed ON messages (conversation, rev) WHERE changed = 1;

-- Who is mentioned where; number 0 is everybody.
CREATE TABLE mentions (
  conversation bigint NOT NULL,
  number bigint NOT NULL,
  seq bigint NOT NULL,
  PRIMARY KEY (conversation, number, seq)
);

-- What messages are found by, in the order of their sending: tokens with a space before and after each, so that a
-- phrase is a part of the text; first the marks :s<sender> and :k<kind>, which no token can be. The index knows which
-- tokens there are, not where. New rows wait in its list and are put in place many at once, by whoever wrote many:
-- that costs a sixth of putting each in its place.
CREATE SEQUENCE docs;
CREATE TABLE found (
  doc bigint PRIMARY KEY,
  conversation bigint NOT NULL,
  seq bigint NOT NULL,
  at bigint NOT NULL,
  tokens text NOT NULL
);
CREATE INDEX found_by_conversation ON found (conversation, doc);
CREATE INDEX found_by_token ON found USING gin (array_to_tsvector(string_to_array(btrim(tokens), ' ')))
  WITH (fastupdate = on, gin_pending_list_limit = 32768);

-- Single characters and pairs of them, by which a part of a name is looked up.
CREATE FUNCTION name_parts(name text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
  SELECT array_agg(DISTINCT substr(name, place, size))
  FROM generate_series(1, length(name)) AS place, generate_series(1, 2) AS size
);
CREATE INDEX accounts_by_name_part ON accounts USING gin (name_parts(folded_name)) WITH (fastupdate = off);
CREATE INDEX groups_by_name_part ON groups USING gin (name_parts(folded_name)) WITH (fastupdate = off) WHERE listed = 1;
