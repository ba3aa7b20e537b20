/** Where a chat is shown: among the others, or in a window of its own. */
export type ChatPlace = 'shell' | 'window'
