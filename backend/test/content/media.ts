/** ISO/IEC 14496-12: length, type, contents. */
export function box(type: string, ...contents: readonly Buffer[]): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(8 + contents.reduce((sum, content) => sum + content.length, 0))
  return Buffer.concat([length, Buffer.from(type, 'latin1'), ...contents])
}

/** A movie of these brands and tracks (`vide`, `soun`), its index behind its data, as cameras write it. */
export function movie(brands: readonly string[], tracks: readonly string[]): Buffer {
  const data = box('mdat', Buffer.alloc(5000))
  return Buffer.concat([...(brands.length === 0 ? [] : [ftypOf(brands)]), data, box('moov', ...tracks.map(trak))])
}

/** As streams are recorded: the tracks first, each without samples, then piece by piece. */
export function fragmented(brands: readonly string[], tracks: readonly string[]): Buffer {
  const fragment = Buffer.concat([box('moof', box('mfhd'), box('traf')), box('mdat', Buffer.alloc(500))])
  return Buffer.concat([ftypOf(brands), box('moov', ...tracks.map(trak), box('mvex')), fragment, fragment])
}

function ftypOf([major = '', ...compatible]: readonly string[]): Buffer {
  return box('ftyp', Buffer.from(`${major}\0\0\0\0${compatible.join('')}`, 'latin1'))
}

const trak = (track: string): Buffer => box('trak', box('tkhd'), box('mdia', box('hdlr', handler(track))))

const handler = (track: string): Buffer => Buffer.from(`\0\0\0\0\0\0\0\0${track}\0\0\0\0`, 'latin1')

/** RFC 3533: one first page for each stream, then one of data. */
export function oggOf(...codecs: readonly string[]): Buffer {
  return Buffer.concat([...codecs.map((codec) => oggPage(2, codec)), oggPage(0, 'data')])
}

function oggPage(flags: number, packet: string): Buffer {
  const header = Buffer.alloc(28)
  header.write('OggS')
  header[5] = flags
  header[26] = 1
  header[27] = 40
  return Buffer.concat([header, Buffer.from(packet.padEnd(40, '\0'), 'latin1')])
}

/** Windows Media of these streams, in their order. */
export function asfOf(...streams: readonly ('audio' | 'video')[]): Buffer {
  const types = { audio: '409e69f84d5bcf11a8fd00805f5c442b', video: 'c0ef19bc4d5bcf11a8fd00805f5c442b' }
  const objects = streams.map((stream) => asfObject('9107dcb7b7a9cf118ee600c00c205365', types[stream].padEnd(108, '0')))
  return asfObject('3026b2758e66cf11a6d900aa0062ce6c', `0${objects.length}0000000102`, ...objects)
}

function asfObject(guid: string, data: string, ...objects: readonly Buffer[]): Buffer {
  const contents = Buffer.concat([Buffer.from(data, 'hex'), ...objects])
  const size = Buffer.alloc(8)
  size.writeBigUInt64LE(BigInt(24 + contents.length))
  return Buffer.concat([Buffer.from(guid, 'hex'), size, contents])
}

/** Silence of 128 kbit/s and 44.1 kHz: frames of 417 bytes. */
export function mp3Of(frames: number): Buffer {
  const frame = Buffer.alloc(417)
  frame.writeUInt32BE(0xfffb9000)
  return Buffer.concat(Array.from({ length: frames }, () => frame))
}

/** ID3v2.3 with this many bytes of tags, such as a cover. */
export function id3Of(length: number): Buffer {
  const size = [21, 14, 7, 0].map((shift) => (length >>> shift) & 0x7f)
  return Buffer.concat([Buffer.from('ID3\x03\0\0', 'latin1'), Buffer.from(size), Buffer.alloc(length, 1)])
}

/** RFC 8794, as far as the document's type. */
export function ebmlOf(docType: 'webm' | 'matroska'): Buffer {
  const type = Buffer.concat([Buffer.from([0x42, 0x82, 0x80 + docType.length]), Buffer.from(docType)])
  return Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x80 + type.length]), type, Buffer.alloc(64)])
}

export const riffOf = (form: string): Buffer =>
  Buffer.from(`RIFF\x24\0\0\0${form}fmt \x10\0\0\0`.padEnd(44, '\0'), 'latin1')
