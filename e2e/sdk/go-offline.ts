import type { LecternClient } from '@lectern/client'
import type { FaultProxy } from '../rig/fault-proxy/fault-proxy.ts'
import { until } from '../rig/until.ts'

/** The proxy lets nobody through any more, and the client has noticed. */
export async function goOffline(proxy: FaultProxy, { connection }: LecternClient): Promise<void> {
  proxy.refuse()
  proxy.cutAll()
  await until(connection, ({ status }) => status === 'waiting')
}
