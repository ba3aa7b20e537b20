CREATE TABLE second_factors (
  number bigint PRIMARY KEY,
  secret bytea NOT NULL,
  step bigint NOT NULL
);

-- Hashes; one that was used is gone.
CREATE TABLE recovery_codes (
  number bigint NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (number, hash)
);

CREATE TABLE passkeys (
  passkey text PRIMARY KEY,
  number bigint NOT NULL,
  name text NOT NULL,
  public_key bytea NOT NULL,
  counter bigint NOT NULL,
  transports text NOT NULL,
  created_at bigint NOT NULL,
  used_at bigint NOT NULL
);
CREATE INDEX passkeys_by_number ON passkeys (number);
