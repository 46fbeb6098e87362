import type { ReplyTo } from '@lectern/protocol'
import { useRoomPart } from '../../../lectern/room-context.tsx'
import { bearsFile, FileLine } from './file-line.tsx'
import type { RowLook } from './row-look.ts'

/** More does not fit on the line. */
const SHOWN = 200

/** What of an original is shown with its reply. */
export function ReplyContent({ original, t }: { original: ReplyTo; t: RowLook['t'] }) {
  if (original.deleted_at !== null) return t('message.deleted')
  const text = original.message.slice(0, SHOWN)
  if (!bearsFile(original.message_type)) return text
  return (
    <>
      <OriginalFile original={original} t={t} /> {text}
    </>
  )
}

/** A reply's copy of its original has no file: its name is known where the original is loaded. */
function OriginalFile({ original: { id, message_type }, t }: { original: ReplyTo; t: RowLook['t'] }) {
  const file = useRoomPart((state) => state.timeline.find(id)?.file)
  return <FileLine type={message_type} file={file ?? undefined} t={t} />
}
