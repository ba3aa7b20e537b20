/** A text as the part of a regular expression that means only itself. `RegExp.escape` is too young for some browsers. */
export function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
}
