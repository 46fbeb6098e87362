// Prints its port once it listens.
import { PeerServer } from 'peer'

PeerServer({ host: '127.0.0.1', port: 0, path: '/' }, (server) => {
  const address = server.address()
  if (address !== null && typeof address === 'object') process.stdout.write(`${address.port}\n`)
})
