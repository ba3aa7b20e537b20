/** A QR code: its modules by a library, drawn by us. Black on white in both themes, as cameras expect it. */
import { useEffect, useState } from 'react'
import { pathOf } from './qr-path.ts'
import styles from './security.module.css'

interface QrCodeProps {
  readonly text: string
  readonly label: string
}

export function QrCode({ text, label }: QrCodeProps) {
  const [modules, setModules] = useState<readonly (readonly boolean[])[]>([])

  useEffect(() => {
    let wanted = true
    async function draw() {
      const { encodeQR } = await import('qr')
      if (wanted) setModules(encodeQR(text, 'raw', { ecc: 'medium', border: 4 }))
    }
    void draw()
    return () => {
      wanted = false
    }
  }, [text])

  return (
    <svg
      className={styles.qr}
      viewBox={`0 0 ${Math.max(1, modules.length)} ${Math.max(1, modules.length)}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
      data-testid="qr"
    >
      <path d={pathOf(modules)} fill="currentColor" />
    </svg>
  )
}
