ALTER TABLE accounts ADD COLUMN legacy INTEGER NOT NULL DEFAULT 1;
ALTER TABLE sessions ADD COLUMN legacy INTEGER NOT NULL DEFAULT 0;
CREATE INDEX sessions_by_legacy_device ON sessions (device) WHERE legacy = 1;
