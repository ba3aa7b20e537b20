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
  /** UTF-16 units of what a passkey is called. */
  passkeyNameLength: 32,
  passkeys: 20,
  recoveryCodes: 10,
  /** People in one question of `presence.read`. */
  presenceRead: 100,
  signatureLength: 100,
  remarkLength: 32,
  contactGroupLength: 16,
  contactGroups: 50,
  /** UTF-16 units of a group's name, and of its notice. */
  groupNameLength: 32,
  noticeLength: 1_000,
  groupMembers: 5_000,
  groupAdmins: 20,
  /** Members in one answer to `groups.members`. */
  memberPage: 500,
  /** People brought into a group by one request. */
  invitedAtOnce: 100,
  /** Groups that one person may be in. */
  groups: 1_000,
  /** Members of one group whose reading is shown. */
  readByMembers: 100,
  /** People that one message may mention. */
  mentions: 50,
  /** Messages in one forward. */
  forwarded: 100,
  /** UTF-16 units of all texts in a forward of several. */
  mergedLength: 40_000,
  /** Different emoji under one message, and reactions of all people together. */
  reactionKinds: 20,
  reactions: 200,
  /** Older messages that `sync` tells to have changed in one conversation; past that they are asked again. */
  syncChanges: 200,
  /** Bytes of a profile picture; in base64 it fits one frame. */
  avatarBytes: 40 * 1024,
  /** Messages in one answer to `messages.find`. */
  foundMessages: 30,
  /** People in one answer to `people.find`, groups in one to `groups.find`. */
  foundPeople: 20,
  contacts: 5_000,
  /** Numbers are given out from the first; an administrator may choose any up to the last. */
  firstNumber: 10_001,
  lastNumber: 99_999_999_999,
} as const
