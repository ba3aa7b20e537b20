/** Whether somebody is using this window, so that it must not be reloaded under their hands. */

const idleMs = 30_000
/** What is typed into a form or done in a dialog is lost by a reload: it is waited for longer. */
const abandonedMs = 10 * 60_000

const touches = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'compositionstart'] as const

/** Follows the window from now on; answers the way to ask. */
export function watchUse(): () => boolean {
  let touchedAt = Date.now()
  let composing = false
  const touch = () => {
    touchedAt = Date.now()
  }
  for (const name of touches) addEventListener(name, touch, { capture: true, passive: true })
  addEventListener('compositionstart', () => (composing = true), { capture: true })
  addEventListener('compositionend', () => (composing = false), { capture: true })

  return () => {
    const idle = Date.now() - touchedAt
    if (wouldLose()) return idle < abandonedMs
    return document.visibilityState === 'visible' && (composing || idle < idleMs)
  }
}

/** A message being written is kept (`messages/drafts.ts`), and marked as such. */
function wouldLose(): boolean {
  if (document.querySelector('[role=dialog], [role=alertdialog]')) return true
  const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
    'input:not([type=search], [type=hidden], [type=checkbox], [type=radio]), textarea:not([data-kept])',
  )
  return [...fields].some(({ value }) => value !== '')
}
