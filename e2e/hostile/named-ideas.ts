import { Buffer } from 'node:buffer'
import { pngWith } from './containers.ts'
import { BINDING, type HostileIdea } from './hostile-file.ts'

/** Whatever lands outside the store is called so, and can be looked for. */
export const ESCAPED = 'escaped'

const UP = ['../', '..\\', '%2e%2e%2f', '%2e%2e/', '..%2f', '..%5c', '..;/', '....//', '..%00/', '%252e%252e%252f']

/** Names that mean a place. */
const PATHS = [
  ...UP.map((up) => `${up.repeat(6)}${ESCAPED}.png`),
  `/tmp/${ESCAPED}.png`,
  `//host/share/${ESCAPED}.png`,
  `\\\\host\\share\\${ESCAPED}.png`,
  `C:\\Windows\\${ESCAPED}.png`,
  `C:${ESCAPED}.png`,
  `file:///tmp/${ESCAPED}.png`,
  `~/${ESCAPED}.png`,
  `./././${ESCAPED}.png`,
  `a/../../${ESCAPED}.png`,
  `..\0/${ESCAPED}.png`,
]

/** Names that systems read otherwise than people do. */
const MISREAD = [
  'CON.png',
  'nul.tar.png',
  'COM1 .png',
  'LPT¹.png',
  '.png',
  '...png',
  'report.png.',
  'report.png . . ',
  'report.png::$DATA',
  'report.png\0.exe',
  'report.exe\0.png',
  '\u202Egnp.exe',
  'report\u202Egnp.png',
  'report\u2066\u2069.png',
  '\u200B\uFEFF.png',
  `${'x'.repeat(300)}.png`,
  `${'ệ'.repeat(300)}.png`,
  `report.${'x'.repeat(300)}.png`,
  `${'\u0301'.repeat(300)}.png`,
  'x\n.png',
  '*?<>|:.png',
  '$(touch escaped).png',
  '`touch escaped`.png',
  '; touch escaped;.png',
  "' OR 1=1 --.png",
  '__proto__.png',
]

/** Names that break out of a header or a page. */
const BREAKING = [
  'report.png\r\nSet-Cookie: lectern_access=hostile',
  'report\r\nContent-Type: text/html\r\n\r\n<script>1</script>.png',
  'report"; filename=page.html; x=".png',
  "report'; filename*=UTF-8''page.html; x='.png",
  'report\\".png',
]

const named = (filename: string | Buffer): HostileIdea => ({
  what: `name: ${JSON.stringify(filename.toString().slice(0, 60))}`,
  filename,
  content: () => pngWith(),
})

/** Bytes that are no UTF-8, or a way round it: an overlong slash, half of a surrogate pair, a byte alone. */
const BYTES = ['2e2ec0af2e2ec0af', '2e2ee080af', 'eda080', 'ff'].map((hex) =>
  Buffer.concat([Buffer.from(hex, 'hex'), Buffer.from(`${ESCAPED}.png`)]),
)

/** Names that are markup where somebody shows them without care. */
const MARKUP = [
  `"><svg onload=${BINDING}(-1)>.png`,
  `<img src=x onerror=${BINDING}(-1)>.png`,
  `{{constructor.constructor('${BINDING}(-1)')()}}.png`,
]

export const NAMED_IDEAS: readonly HostileIdea[] = [...PATHS, ...MISREAD, ...BREAKING, ...BYTES, ...MARKUP].map(named)
