-- A short hash of what was sent, where the body no longer tells it: see queries/messages.ts.
ALTER TABLE messages ADD COLUMN sent TEXT;
