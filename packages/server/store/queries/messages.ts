/** What both stores ask about messages. */
export const messageColumns = 'conversation, seq, rev, id, sender, at, body'

export const pageBelow = `SELECT ${messageColumns} FROM messages
  WHERE conversation = +$1 AND seq < +$2 ORDER BY seq DESC LIMIT +$3`
export const pageAbove = `SELECT ${messageColumns} FROM messages
  WHERE conversation = +$1 AND seq > +$2 ORDER BY seq LIMIT +$3`
