/** Lets the page draw at most once per animation frame. */

/** A hidden page gets no frames, but its title still counts: there a timer speaks instead. */
export function onNextFrame(emit: () => void): void {
  const run = () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
    emit()
  }
  const frame = requestAnimationFrame(run)
  const timer = setTimeout(run, 250)
}
