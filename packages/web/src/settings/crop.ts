/** A square cut out of a picture. Pure. */

export interface Crop {
  /** 1 for the greatest square that there is; more for a smaller one. */
  readonly zoom: number
  /** Where the middle of the square is, as parts of the width and the height. */
  readonly x: number
  readonly y: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

export const whole: Crop = { zoom: 1, x: 0.5, y: 0.5 }
export const mostZoom = 4

const clamp = (value: number, most: number) => Math.min(most, Math.max(0, value))

/** The square in pixels of the picture; it never leaves the picture. */
export function squareOf({ width, height }: Size, { zoom, x, y }: Crop): { left: number; top: number; side: number } {
  const side = Math.min(width, height) / Math.min(mostZoom, Math.max(1, zoom))
  return {
    side,
    left: clamp(x * width - side / 2, width - side),
    top: clamp(y * height - side / 2, height - side),
  }
}

/** Moves the picture below the square, by parts of the square's side; what cannot be seen is not remembered. */
export function moveCrop(size: Size, crop: Crop, right: number, down: number): Crop {
  const { left, top, side } = squareOf(size, crop)
  return settle(size, {
    ...crop,
    x: (left + side / 2 - right * side) / size.width,
    y: (top + side / 2 - down * side) / size.height,
  })
}

export function zoomCrop(size: Size, crop: Crop, zoom: number): Crop {
  return settle(size, { ...crop, zoom: Math.min(mostZoom, Math.max(1, zoom)) })
}

function settle(size: Size, crop: Crop): Crop {
  const { left, top, side } = squareOf(size, crop)
  return { ...crop, x: (left + side / 2) / size.width, y: (top + side / 2) / size.height }
}
