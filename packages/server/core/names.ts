/** Names as people type them. */

/** The form in which two names that differ only in case or width are the same (Unicode NFKC, lower case). */
export function foldName(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase()
}
