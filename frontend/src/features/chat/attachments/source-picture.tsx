import { type ReactNode, useEffect, useRef, useState } from 'react'

/** What browsers decode, and the server takes for a picture. */
const PICTURE = /^image\/(?:png|jpeg|gif|webp)$/

export const isPicture = ({ type }: File): boolean => PICTURE.test(type)

interface SourcePictureProps {
  source: File
  /** CSS pixels. */
  size: number
  className: string | undefined
  /** What it is drawn by where it cannot be decoded: the server will say what is wrong with it. */
  fallback: ReactNode
}

/** A picture that is still on this machine, made small as it is decoded. Decoration: its name stands beside it. */
export function SourcePicture({ source, size, className, fallback }: SourcePictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [hasFailed, setFailed] = useState(false)
  useEffect(() => {
    let isCurrent = true
    const pixels = Math.round(size * devicePixelRatio)
    createImageBitmap(source, { resizeHeight: pixels, resizeQuality: 'medium' }).then(
      (bitmap) => {
        if (isCurrent && canvas.current !== null) drawFilling(canvas.current, bitmap, pixels)
        bitmap.close()
      },
      () => isCurrent && setFailed(true),
    )
    return () => {
      isCurrent = false
    }
  }, [source, size])
  if (hasFailed) return fallback
  return <canvas ref={canvas} className={className} style={{ width: `${size}px`, height: `${size}px` }} />
}

function drawFilling(canvas: HTMLCanvasElement, bitmap: ImageBitmap, pixels: number): void {
  const scale = Math.max(pixels / bitmap.width, pixels / bitmap.height)
  const [width, height] = [bitmap.width * scale, bitmap.height * scale]
  canvas.width = pixels
  canvas.height = pixels
  canvas.getContext('2d')?.drawImage(bitmap, (pixels - width) / 2, (pixels - height) / 2, width, height)
}
