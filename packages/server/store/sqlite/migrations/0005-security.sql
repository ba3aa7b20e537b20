CREATE TABLE second_factors (
  number INTEGER PRIMARY KEY,
  secret BLOB NOT NULL,
  step INTEGER NOT NULL
);

-- Hashes; one that was used is gone.
CREATE TABLE recovery_codes (
  number INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (number, hash)
) WITHOUT ROWID;

CREATE TABLE passkeys (
  passkey TEXT PRIMARY KEY,
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  public_key BLOB NOT NULL,
  counter INTEGER NOT NULL,
  transports TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX passkeys_by_number ON passkeys (number);
