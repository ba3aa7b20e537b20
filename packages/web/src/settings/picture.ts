/** Makes a picture of one's own small in the browser: a square of 256 pixels, under the server's limit. */
import { LIMITS } from '@rookery/protocol'
import { squareOf, type Crop } from './crop.ts'

export type PictureProblem = 'unreadable' | 'forbidden' | 'too_large'

type Shrunk = { readonly ok: true; readonly blob: Blob } | { readonly ok: false; readonly problem: PictureProblem }

const side = 256
const qualities = [0.9, 0.8, 0.65, 0.5, 0.35] as const
const accepted = new Set(['image/png', 'image/jpeg', 'image/webp'])

/** Null where the file is no picture that this browser can read. It lies as the camera says. */
export async function openPicture(file: Blob): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch {
    return null
  }
}

/**
 * The square, as WebP or JPEG. A browser that hides what is on a canvas from pages (some do in private windows) cannot
 * cut anything: then the file itself does, if it is small enough.
 */
export async function shrinkPicture(picture: ImageBitmap, crop: Crop, file: Blob): Promise<Shrunk> {
  const canvas = new OffscreenCanvas(side, side)
  const context = canvas.getContext('2d')
  if (context === null || !canBeRead(context)) {
    const usable = accepted.has(file.type) && file.size <= LIMITS.avatarBytes
    return usable ? { ok: true, blob: file } : { ok: false, problem: 'forbidden' }
  }
  const square = squareOf(picture, crop)
  // What is transparent would be black in a JPEG.
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, side, side)
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, square.left, square.top, square.side, square.side, 0, 0, side, side)
  for (const type of ['image/webp', 'image/jpeg']) {
    for (const quality of qualities) {
      const blob = await canvas.convertToBlob({ type, quality })
      // A browser that cannot write this kind answers a PNG.
      if (blob.type !== type) break
      if (blob.size <= LIMITS.avatarBytes) return { ok: true, blob }
    }
  }
  return { ok: false, problem: 'too_large' }
}

/** Whether what is drawn is what is read back. */
function canBeRead(context: OffscreenCanvasRenderingContext2D): boolean {
  context.fillStyle = '#336699'
  context.fillRect(0, 0, 2, 2)
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data
  return [red - 0x33, green - 0x66, blue - 0x99].every((difference) => Math.abs(difference) < 8)
}

export async function toBase64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
