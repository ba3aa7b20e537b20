/** What the shared worker of one person is called. Two builds have two workers: their addresses differ. */

const prefix = 'rookery-'

export function hostName(number: number): string {
  return prefix + number
}

export function numberOfHost(name: string): number {
  return Number(name.slice(prefix.length))
}
