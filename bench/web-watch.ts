/** What is measured in the page itself. These run there, and use nothing from here. */

export interface Opening {
  /** Milliseconds since the navigation began: first contentful paint, the list, and all of it. */
  readonly paint: number
  readonly list: number
  readonly all: number
}

export interface GroupOpening {
  /** Milliseconds since the press: header and messages, and the members too. */
  readonly messages: number
  readonly all: number
}

export interface Frames {
  /** Milliseconds: the longest without a frame, the longest task, and from first to last message. */
  readonly longest: number
  readonly task: number
  readonly total: number
  readonly frames: number
}

export interface Weight {
  readonly files: number
  /** As they came over the network, headers too. */
  readonly bytes: number
}

/** Everything that was asked for until something was painted first, however late it came. */
export function weighFirstPaint(): Promise<Weight> {
  return new Promise((resolve) => {
    function look(): void {
      const [paint] = performance.getEntriesByName('first-contentful-paint')
      if (!paint) return void requestAnimationFrame(look)
      const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
      const asked = (entries as PerformanceResourceTiming[]).filter(({ startTime }) => startTime <= paint.startTime)
      resolve({ files: asked.length, bytes: asked.reduce((sum, { transferSize }) => sum + transferSize, 0) })
    }
    look()
  })
}

/**
 * Answers when the list has rows and the newest messages fill the chat down to this one. Frames are drawn after their
 * callbacks: the time is that of the callback after.
 */
export function watchOpening(newest: number): Promise<Opening> {
  function isFull(): boolean {
    const scroller = document.querySelector('[data-testid="messages"]')
    const rows = scroller?.querySelectorAll('[data-testid="message"]') ?? []
    const [first, last] = [rows[0], scroller?.querySelector(`[data-seq="${newest}"]`)]
    if (!scroller || !first || !last) return false
    const { top, bottom } = scroller.getBoundingClientRect()
    return first.getBoundingClientRect().top <= top && last.getBoundingClientRect().bottom <= bottom + 1
  }
  return new Promise((resolve) => {
    let list = 0
    function tell(): void {
      const [paint] = performance.getEntriesByName('first-contentful-paint')
      resolve({ paint: paint?.startTime ?? Number.NaN, list, all: performance.now() })
    }
    function look(): void {
      if (list === 0 && document.querySelector('[data-testid="conversation"]')) list = performance.now()
      requestAnimationFrame(list > 0 && isFull() ? tell : look)
    }
    look()
  })
}

/** Presses the group's row; answers when its header, its newest messages and its members are drawn. */
export function watchGroup(conversation: number): Promise<GroupOpening> {
  return new Promise((resolve) => {
    const row = document.querySelector<HTMLElement>(`[data-testid="conversation"][data-id="${conversation}"]`)
    const began = performance.now()
    let messages = 0
    row?.click()
    function look(): void {
      const now = performance.now() - began
      const scroller = document.querySelector('main:has(h1) [data-testid="messages"]')
      const rows = [...(scroller?.querySelectorAll('[data-testid="message"]') ?? [])]
      const [first, last] = [rows[0]?.getBoundingClientRect(), rows.at(-1)?.getBoundingClientRect()]
      if (messages === 0 && scroller && first && last) {
        const { top, bottom } = scroller.getBoundingClientRect()
        if (first.top <= top && last.bottom <= bottom + 1 && last.bottom > bottom - 100) messages = now
      }
      const isHere = messages > 0 && document.querySelector('[data-testid="member"]') !== null
      requestAnimationFrame(isHere ? () => resolve({ messages, all: performance.now() - began }) : look)
    }
    requestAnimationFrame(look)
  })
}

/** Answers when the page has asked for nothing more for half a second: what follows an opening at leisure is over. */
export async function watchLoading(): Promise<void> {
  for (let before = -1; ;) {
    const asked = performance.getEntriesByType('resource').length
    if (asked === before) return
    before = asked
    await new Promise((resume) => setTimeout(resume, 500))
  }
}

/** Looks at every frame until this message is drawn, and one more. */
export function watchFrames(newest: number): Promise<Frames> {
  return new Promise((resolve) => {
    const seen = { longest: 0, task: 0, frames: 0 }
    let began = 0
    let before = performance.now()
    const observer = new PerformanceObserver((entries) => {
      for (const { duration } of entries.getEntries()) seen.task = Math.max(seen.task, duration)
    })
    observer.observe({ type: 'longtask' })
    let first = 0
    for (const row of document.querySelectorAll<HTMLElement>('[data-testid="message"]'))
      first = Math.max(first, Number(row.dataset.seq))
    let isLast = false
    function look(): void {
      const now = performance.now()
      seen.longest = Math.max(seen.longest, now - before)
      seen.frames += 1
      before = now
      const rows = document.querySelectorAll<HTMLElement>('[data-testid="message"]')
      if (began === 0 && Number(rows[rows.length - 1]?.dataset.seq) > first) began = now
      if (isLast) {
        for (const { duration } of observer.takeRecords()) seen.task = Math.max(seen.task, duration)
        observer.disconnect()
        return resolve({ ...seen, total: now - began })
      }
      isLast = document.querySelector(`[data-testid="message"][data-seq="${newest}"]`) !== null
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
}
