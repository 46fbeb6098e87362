/**
 * Engine.IO sends pings by its own timer only, every 25 s, and takes the answer to any: its `sendPacket` is not in its types.
 */
export function ping(conn: object): void {
  const sendPacket: unknown = Reflect.get(conn, 'sendPacket')
  if (typeof sendPacket === 'function') Reflect.apply(sendPacket, conn, ['ping'])
}
