/** The picture below a round window: dragged, zoomed, or moved by the arrow keys. */
import { ZoomIn } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { m } from '../i18n/messages.ts'
import styles from './crop-field.module.css'
import { mostZoom, moveCrop, squareOf, zoomCrop, type Crop } from './crop.ts'

interface CropFieldProps {
  readonly picture: ImageBitmap
  readonly crop: Crop
  readonly onChange: (crop: Crop) => void
}

/** As it is drawn; shown at half of that. */
const pixels = 480
const arrowStep = 0.02
const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-arrowStep, 0],
  ArrowRight: [arrowStep, 0],
  ArrowUp: [0, -arrowStep],
  ArrowDown: [0, arrowStep],
}

export function CropField({ picture, crop, onChange }: CropFieldProps) {
  const canvas = useRef<HTMLCanvasElement>(null)

  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    const { left, top, side } = squareOf(picture, crop)
    context.fillStyle = '#ffffff'
    context.fillRect(0, 0, pixels, pixels)
    context.imageSmoothingQuality = 'high'
    context.drawImage(picture, left, top, side, side, 0, 0, pixels, pixels)
  }, [picture, crop])

  return (
    <div className={styles.field}>
      <button
        type="button"
        className={styles.window}
        aria-label={m.avatar_move()}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={(event) => {
          if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
          const { width } = event.currentTarget.getBoundingClientRect()
          onChange(moveCrop(picture, crop, event.movementX / width, event.movementY / width))
        }}
        onWheel={(event) => onChange(zoomCrop(picture, crop, crop.zoom - event.deltaY / 500))}
        onKeyDown={(event) => {
          const step = arrows[event.key]
          if (!step) return
          event.preventDefault()
          onChange(moveCrop(picture, crop, ...step))
        }}
      >
        <canvas ref={canvas} width={pixels} height={pixels} className={styles.canvas} data-testid="crop" />
      </button>
      <label className={styles.zoom}>
        <ZoomIn size={18} role="img" aria-label={m.avatar_zoom()} />
        <input
          type="range"
          min={1}
          max={mostZoom}
          step={0.01}
          value={crop.zoom}
          className={styles.range}
          onChange={(event) => onChange(zoomCrop(picture, crop, Number(event.target.value)))}
        />
      </label>
    </div>
  )
}
