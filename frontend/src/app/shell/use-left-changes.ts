import { useEffect } from 'react'
import { useClient, useMe } from '../../lectern/client-context.tsx'
import { hasLeftChanges } from '../../lectern/left-changes.ts'

/** On every connection, makes the changes that leaving a page has left undone. */
export function useLeftChanges(): void {
  const client = useClient()
  const { id } = useMe()
  useEffect(() => {
    const finish = async () => {
      if (client.connection.getSnapshot().status !== 'online' || !hasLeftChanges(id)) return
      // Where its script cannot be fetched, it is with the next connection.
      const script = await import('../../lectern/finish-changes.ts').catch(() => undefined)
      await script?.finishChanges(client, id)
    }
    void finish()
    return client.connection.subscribe(() => void finish())
  }, [client, id])
}
