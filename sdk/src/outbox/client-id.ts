const RANDOM_BYTES = 16

/** A UUID of version 4 (RFC 9562). `crypto.randomUUID` is missing where a page came by plain HTTP from another machine. */
export function createClientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(RANDOM_BYTES))
  const hex = [...bytes].map((byte, index) => marked(byte, index).toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** The version in the seventh byte, the variant in the ninth. */
function marked(byte: number, index: number): number {
  if (index === 6) return (byte & 0x0f) | 0x40
  return index === 8 ? (byte & 0x3f) | 0x80 : byte
}
