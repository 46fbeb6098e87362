import { useEffect } from 'react'
import { useClient, useMe } from '../../lectern/client-context.tsx'
import { finishDeletions } from '../../lectern/left-deletions.ts'

/** On every connection, makes the deletions that leaving a page has left undone. */
export function useLeftDeletions(): void {
  const client = useClient()
  const { id } = useMe()
  useEffect(() => {
    const finish = () => {
      if (client.connection.getSnapshot().status === 'online') void finishDeletions(client, id)
    }
    finish()
    return client.connection.subscribe(finish)
  }, [client, id])
}
