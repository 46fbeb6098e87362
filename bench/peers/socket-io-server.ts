// Socket.IO as its documentation has it, checking nothing; with the argument `store` each message is a row of SQLite as most
// would write it, before it goes out. Prints its port once it listens.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { Server } from 'socket.io'

interface Sent {
  readonly course_id: string
  readonly message: string
}

type Store = (sent: Sent) => { readonly id: number }

function inMemory(): Store {
  let id = 0
  return () => ({ id: ++id })
}

function inSqlite(): Store {
  const directory = mkdtempSync(join(tmpdir(), 'lectern-peer-'))
  process.on('exit', () => rmSync(directory, { recursive: true }))
  const database = new Sqlite(join(directory, 'messages.sqlite'))
  database.pragma('journal_mode = WAL')
  database.exec('CREATE TABLE messages (id INTEGER PRIMARY KEY, course_id TEXT, message TEXT, created_at INTEGER)')
  const insert = database.prepare('INSERT INTO messages (course_id, message, created_at) VALUES (?, ?, ?)')
  return ({ course_id, message }) => ({ id: Number(insert.run(course_id, message, Date.now()).lastInsertRowid) })
}

const store = process.argv[2] === 'store' ? inSqlite() : inMemory()
const http = createServer()
const io = new Server(http)

io.on('connection', (socket) => {
  socket.on('chat:join_room', ({ courseId }: { courseId: string }, ack: (answer: object) => void) => {
    void socket.join(courseId)
    ack({ ok: true })
  })
  socket.on('chat:send_message', (sent: Sent, ack: (answer: object) => void) => {
    const message = { ...sent, ...store(sent), created_at: new Date().toISOString() }
    io.to(sent.course_id).emit('chat:new_message', message)
    ack({ ok: true, data: message })
  })
})
process.on('SIGTERM', () => process.exit())
http.listen(0, '127.0.0.1', () => {
  const address = http.address()
  if (address !== null && typeof address === 'object') process.stdout.write(`${address.port}\n`)
})
