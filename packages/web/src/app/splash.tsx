/** While the server is asked who we are; shown only when that takes long enough to notice. */
import { Logo } from '../session/logo.tsx'
import styles from './splash.module.css'

export function Splash() {
  return (
    <main className={styles.page}>
      <h1 className="visually-hidden">Rookery</h1>
      <Logo />
    </main>
  )
}
