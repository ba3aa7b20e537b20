/** Who is logged in at this browser, as far as it knows without asking: so the page opens at once, and offline. */
import type { Me } from '@rookery/protocol'

const key = 'rookery.me'

export function rememberedMe(): Me | null {
  return parseMe(localStorage.getItem(key))
}

export function rememberMe({ number, name, role }: Me): void {
  localStorage.setItem(key, JSON.stringify({ number, name, role }))
}

/** Another window may remember somebody else by now. */
export function forgetMe(number: number): void {
  if (rememberedMe()?.number === number) localStorage.removeItem(key)
}

/** Null for anything that this page did not write. */
export function parseMe(text: string | null): Me | null {
  try {
    const { number, name, role } = JSON.parse(text ?? '') as Partial<Record<keyof Me, unknown>>
    if (!Number.isSafeInteger(number) || typeof name !== 'string') return null
    if (role !== 'member' && role !== 'admin') return null
    return { number: Number(number), name, role }
  } catch {
    return null
  }
}
