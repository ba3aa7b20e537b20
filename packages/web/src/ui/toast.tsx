/** One line that says what became of something, and goes by itself. */
import { useEffect, useSyncExternalStore } from 'react'
import { createStore } from './store.ts'
import styles from './toast.module.css'

interface Toast {
  readonly text: string
  readonly at: number
}

const shownMs = 3_500
const toast = createStore<Toast | null>(null)

export function showToast(text: string): void {
  toast.set({ text, at: performance.now() })
}

export function Toasts() {
  const shown = useSyncExternalStore(toast.subscribe, toast.state)
  useEffect(() => {
    if (shown === null) return
    const timer = setTimeout(() => toast.set(null), shownMs)
    return () => clearTimeout(timer)
  }, [shown])
  return (
    <div className={styles.place} role="status" data-testid="toast">
      {shown !== null && (
        <p key={shown.at} className={styles.toast}>
          {shown.text}
        </p>
      )}
    </div>
  )
}
