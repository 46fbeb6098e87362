import { createHash, type Hash } from 'node:crypto'
import { parentPort } from 'node:worker_threads'
import type { FromHashThread, ToHashThread } from './hashing.types.ts'

if (parentPort === null) throw new Error('This file is started as a worker thread.')
const port = parentPort
const hashes = new Map<number, Hash>()

function hashOf(number: number): Hash {
  const hash = hashes.get(number)
  if (hash === undefined) throw new Error('No such hash.')
  return hash
}

const answer = (sha256: string): void => {
  const message: FromHashThread = { sha256 }
  port.postMessage(message)
}

// What is thrown here ends the thread, and so tells everybody who waits.
port.on('message', (message: ToHashThread) => {
  switch (message.type) {
    case 'open':
      hashes.set(message.hash, createHash('sha256'))
      return
    case 'copy':
      hashes.set(message.to, hashOf(message.hash).copy())
      return
    case 'drop':
      hashes.delete(message.hash)
      return
    case 'update':
      hashOf(message.hash).update(message.bytes)
      answer('')
      return
    case 'digest':
      answer(hashOf(message.hash).digest('hex'))
      hashes.delete(message.hash)
  }
})
