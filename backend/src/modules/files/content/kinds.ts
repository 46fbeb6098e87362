import type { FILE_CATEGORIES, FileCategory } from '@lectern/protocol'
import { couldBeAsfVideo } from './asf.ts'
import type { Bytes } from './bytes.ts'
import { detectedType } from './detected-type.ts'
import { isMp4, isMp4Audio, isQuickTime } from './iso-media.ts'
import { couldBeMpegAudio, isMpegAudio } from './mpeg-audio.ts'
import { isOfficePackage, isOldOffice, type OfficeFamily } from './office.ts'
import { isOggAudio } from './ogg.ts'
import { beginsZip, firstBoxIs, isCompoundFile, isGzip, isRiff, type Opening, startsWith } from './openings.ts'
import { couldBeSvg, isSvg } from './svg.ts'
import { isTarHeader } from './tar.ts'

/** How one kind is told by its bytes. */
export interface Kind {
  /** As registered with IANA, or else as browsers call it. */
  readonly mimeType: string
  readonly opening: Opening
  /** Looks where the beginning does not tell; left out where it does. */
  readonly confirm?: (bytes: Bytes) => Promise<boolean>
}

export type Extension = (typeof FILE_CATEGORIES)[FileCategory]['extensions'][number]

const oldOffice = (mimeType: string, family: OfficeFamily): Kind => ({
  mimeType,
  opening: isCompoundFile,
  confirm: isOldOffice(family),
})

const office = (format: string, family: OfficeFamily): Kind => ({
  mimeType: `application/vnd.openxmlformats-officedocument.${format}`,
  opening: (head) => beginsZip(head) || isCompoundFile(head),
  confirm: isOfficePackage(family),
})

const JPEG: Kind = { mimeType: 'image/jpeg', opening: startsWith('\xFF\xD8\xFF') }

/**
 * Each begins at the file's first byte: what readers forgive before it (1,024 bytes before a PDF's header, the program
 * of an archive that unpacks itself) is where two kinds fit into one file. Whether it is whole, or plays, is not asked:
 * of a recording that was broken off there may be no other.
 */
export const KINDS = {
  '.pdf': { mimeType: 'application/pdf', opening: startsWith('%PDF-') },
  '.doc': oldOffice('application/msword', 'word'),
  '.docx': office('wordprocessingml.document', 'word'),
  '.xls': oldOffice('application/vnd.ms-excel', 'excel'),
  '.xlsx': office('spreadsheetml.sheet', 'excel'),
  '.ppt': oldOffice('application/vnd.ms-powerpoint', 'powerpoint'),
  '.pptx': office('presentationml.presentation', 'powerpoint'),
  '.jpg': JPEG,
  '.jpeg': JPEG,
  '.png': { mimeType: 'image/png', opening: startsWith('\x89PNG\r\n\x1A\n') },
  '.gif': { mimeType: 'image/gif', opening: startsWith('GIF87a', 'GIF89a') },
  '.webp': { mimeType: 'image/webp', opening: isRiff('WEBP') },
  '.svg': { mimeType: 'image/svg+xml', opening: couldBeSvg, confirm: isSvg },
  '.mp4': { mimeType: 'video/mp4', opening: firstBoxIs('ftyp'), confirm: isMp4 },
  '.avi': { mimeType: 'video/x-msvideo', opening: isRiff('AVI ') },
  '.mov': {
    mimeType: 'video/quicktime',
    // Before ISO took the format over, it had no `ftyp`.
    opening: firstBoxIs('ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot'),
    confirm: isQuickTime,
  },
  '.wmv': {
    mimeType: 'video/x-ms-wmv',
    opening: startsWith('\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\x00\xAA\x00\x62\xCE\x6C'),
    confirm: couldBeAsfVideo,
  },
  '.webm': {
    mimeType: 'video/webm',
    opening: startsWith('\x1A\x45\xDF\xA3'),
    // Matroska begins alike, and may hold what no browser plays.
    confirm: async (bytes) => (await detectedType(bytes)) !== 'video/matroska',
  },
  '.mp3': { mimeType: 'audio/mpeg', opening: couldBeMpegAudio, confirm: isMpegAudio },
  '.wav': { mimeType: 'audio/wav', opening: isRiff('WAVE') },
  '.ogg': { mimeType: 'audio/ogg', opening: startsWith('OggS\0'), confirm: isOggAudio },
  '.m4a': { mimeType: 'audio/mp4', opening: firstBoxIs('ftyp'), confirm: isMp4Audio },
  '.zip': { mimeType: 'application/zip', opening: beginsZip },
  '.rar': { mimeType: 'application/vnd.rar', opening: startsWith('Rar!\x1A\x07\0', 'Rar!\x1A\x07\x01\0') },
  '.7z': { mimeType: 'application/x-7z-compressed', opening: startsWith('7z\xBC\xAF\x27\x1C') },
  '.tar': { mimeType: 'application/x-tar', opening: isTarHeader },
  '.gz': { mimeType: 'application/gzip', opening: isGzip },
} as const satisfies Record<Extension, Kind>

/** Undefined for an extension that is not taken. @param extension lower case, with the dot */
export const kindOf = (extension: string): Kind | undefined => (isTaken(extension) ? KINDS[extension] : undefined)

const isTaken = (extension: string): extension is Extension => Object.hasOwn(KINDS, extension)
