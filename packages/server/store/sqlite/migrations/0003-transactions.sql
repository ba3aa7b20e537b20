-- The number of the transaction that last changed a row, so that a device can ask for what came after the last one it saw.
INSERT INTO meta (key, value) VALUES ('txid', '0');
ALTER TABLE conversations ADD COLUMN txid INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN txid INTEGER NOT NULL DEFAULT 0;
