-- Ids begin with the time (UUIDv7): by id first, all messages of one moment share a page, whoever sent them.
DROP INDEX messages_by_id;
CREATE UNIQUE INDEX messages_by_id ON messages (id, sender);
