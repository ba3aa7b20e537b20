/** The shape of a list whose rows are not here yet; seen only after a moment. */
import styles from './list-skeleton.module.css'

export function ListSkeleton() {
  return (
    <div className={styles.list} aria-hidden="true">
      {[72, 48, 64, 40, 56, 68].map((width) => (
        <div key={width} className={styles.row}>
          <span className={styles.circle} />
          <span className={styles.lines}>
            <span className={styles.line} style={{ width: `${width - 16}%` }} />
            <span className={styles.line} style={{ width: `${width + 12}%` }} />
          </span>
        </div>
      ))}
    </div>
  )
}
