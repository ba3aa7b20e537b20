/** The days of a month, as a calendar shows them: whole weeks, from Monday. Pure. */

/** Midnights by the reader's clock; days of the neighbouring months fill the first and the last week. */
export function monthDays(year: number, month: number): Date[] {
  const first = new Date(year, month, 1)
  const before = (first.getDay() + 6) % 7
  const days = new Date(year, month + 1, 0).getDate()
  const shown = Math.ceil((before + days) / 7) * 7
  return Array.from({ length: shown }, (_, index) => new Date(year, month, 1 - before + index))
}
