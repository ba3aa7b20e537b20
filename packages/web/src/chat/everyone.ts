/** What all members together are called, in every language that somebody may have written it in. */

export const everyoneNames = ['everyone', '所有人'] as const
