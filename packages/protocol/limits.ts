/** The product's own limits. Sizes are bytes unless the name says otherwise. */
export const LIMITS = {
  /** UTF-16 units; six times this (JSON's longest escape) still fits one frame. */
  textLength: 8_000,
  frameBytes: 64 * 1024,
  /** A socket that has not logged in gets no more than this in one frame. */
  frameBytesBeforeLogIn: 4 * 1024,
  /** A socket that has not logged in by then is closed. */
  logInDeadlineMs: 10_000,
  /** Requests of one socket that may be under way at once. */
  requestsInFlight: 128,
  /** Messages in one page of history. */
  pageMessages: 100,
  /** Rows of each kind in one answer to `sync`. */
  syncRows: 500,
  /** Newest messages that `sync` sends of one conversation; older ones come by `messages.page`. */
  syncMessages: 50,
  /** UTF-16 units of messages past which `sync` puts no further conversation into one answer. */
  syncLength: 512 * 1024,
  /** Conversations in the first answer to a device that holds nothing: what its list shows first. */
  syncFirst: 20,
  /** Conversations whose revs one `sync` request may tell. */
  syncHeads: 1_000,
  /** Chats that one socket may watch at once. */
  watchedConversations: 16,
  /** Unread counts stop here: a screen shows `99+`. */
  unreadCount: 100,
  /** UTF-16 units. */
  nameLength: 32,
  greetingLength: 100,
  deviceNameLength: 64,
  passwordMinLength: 6,
  passwordMaxLength: 128,
  /** People in one answer to `people.find`. */
  foundPeople: 20,
  contacts: 5_000,
  /** Numbers are given out from the first; an administrator may choose any up to the last. */
  firstNumber: 10_001,
  lastNumber: 99_999_999_999,
} as const
