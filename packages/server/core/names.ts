/** Names as people type them. */

/** The form in which names that look alike are the same: Unicode NFKC, lower case, nothing invisible. */
export function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .trim()
    .toLowerCase()
}
