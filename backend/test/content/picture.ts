import sharp from 'sharp'

/** A plain picture of 16 × 16 pixels. */
export function picture(format: 'jpeg' | 'png' | 'gif' | 'webp'): Promise<Buffer> {
  const create = { width: 16, height: 16, channels: 3, background: 'teal' } as const
  return sharp({ create }).toFormat(format).toBuffer()
}

export const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>'
