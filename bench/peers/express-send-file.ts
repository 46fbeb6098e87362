// Prints its port once it listens. The one argument is the file that it sends.
import express from 'express'

const file = process.argv[2] ?? ''
const server = express()
  .get('/file', (_request, response) => response.sendFile(file))
  .listen(0, '127.0.0.1', () => {
    const address = server.address()
    if (address !== null && typeof address === 'object') process.stdout.write(`${address.port}\n`)
  })
