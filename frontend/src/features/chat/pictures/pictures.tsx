import { useReadable } from '../../../lectern/readable.ts'
import { dialogOnDemand } from '../../../ui/dialog-on-demand.tsx'
import { useChat } from '../chat-context.ts'
import { picturesOf } from './open-picture.ts'

const PictureViewer = dialogOnDemand(async () => (await import('./picture-viewer.tsx')).PictureViewer)

/** The picture that somebody opened, before the page. Stands once in the chat. */
export function Pictures() {
  const { room } = useChat()
  const target = picturesOf(room)
  const seq = useReadable(target)
  return (
    <PictureViewer
      opened={seq !== undefined}
      seq={seq}
      onShow={(next: number) => target.open(next)}
      onClose={() => target.close()}
    />
  )
}
