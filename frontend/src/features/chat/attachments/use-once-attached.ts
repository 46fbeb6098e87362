import { useEffect, useState } from 'react'
import { useAttachmentsOnDemand } from './attachments-context.tsx'

/**
 * Sends once what was chosen is attached: sent before, the text would go out without it. Where it cannot be attached, of
 * which the person is told, the text stays where it is.
 */
export function useOnceAttached(send: () => void): () => void {
  const { attaching } = useAttachmentsOnDemand()
  const [isWaiting, setWaiting] = useState(false)
  useEffect(() => {
    if (!isWaiting || attaching === 'under_way') return
    setWaiting(false)
    if (attaching === 'idle') send()
  }, [isWaiting, attaching, send])
  return () => (attaching === 'under_way' ? setWaiting(true) : send())
}
