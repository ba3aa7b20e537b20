/** Counts calendar days as the reader lives them. */

/** How many midnights lie between, by the reader's clock; negative when `at` is in the future. */
export function daysBetween(at: number, now: number): number {
  return Math.round((midnight(now) - midnight(at)) / 86_400_000)
}

function midnight(at: number): number {
  const date = new Date(at)
  return date.setHours(0, 0, 0, 0)
}
