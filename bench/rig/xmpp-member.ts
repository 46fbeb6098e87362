import { connect, type Socket } from 'node:net'
import { closeSocket } from './close-socket.ts'
import { Occurrences } from './occurrences.ts'
import type { Talker } from './talkers.ts'

const STREAM =
  "<stream:stream to='localhost' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>"
const SIGN_IN = "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>"
const BIND = "<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>"
const JOIN = "<x xmlns='http://jabber.org/protocol/muc'/>"

export interface XmppPlace {
  readonly port: number
  readonly room: string
  readonly nick: string
  /** The one text that is said in the room. */
  readonly text: string
}

/**
 * An occupant of a room (XMPP over TCP, RFC 6120 and XEP-0045). Messages are not parsed, so that the load costs less than
 * the server that bears it: one has come when its whole body has, and an own one is acknowledged when it comes back, which
 * a room's messages do in the order they were sent.
 */
export class XmppMember implements Talker {
  readonly #socket: Socket
  readonly #place: XmppPlace
  readonly #bodies: Occurrences
  readonly #own: Occurrences
  readonly #unacknowledged: (() => void)[] = []
  #messages = 0

  private constructor(socket: Socket, place: XmppPlace) {
    this.#socket = socket
    this.#place = place
    this.#bodies = new Occurrences(`<body>${place.text}</body></message>`)
    this.#own = new Occurrences(`${occupant(place)}' type='groupchat'`)
  }

  /** Resolves when it is in the room. */
  static async enter(place: XmppPlace): Promise<XmppMember> {
    const socket = connect({ host: '127.0.0.1', port: place.port, noDelay: true })
    const step = async (sent: string, answered: string): Promise<void> => {
      socket.write(sent)
      await read(socket, answered)
    }
    await step(STREAM, '</stream:features>')
    await step(SIGN_IN, '<success')
    await step(STREAM, '</stream:features>')
    await step(BIND, '</iq>')
    // The room's subject is the last of what a newcomer is told.
    await step(`<presence to='${occupant(place)}'>${JOIN}</presence>`, '<subject/></message>')
    const member = new XmppMember(socket, place)
    socket.on('data', (chunk) => member.#receive(chunk))
    return member
  }

  get messages(): number {
    return this.#messages
  }

  /** The text must be its room's. */
  say(text: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#unacknowledged.push(resolve)
    const id = crypto.randomUUID()
    this.#socket.write(`<message to='${this.#place.room}' type='groupchat' id='${id}'><body>${text}</body></message>`)
    return promise
  }

  close(): Promise<void> {
    return closeSocket(this.#socket)
  }

  #receive(chunk: Buffer): void {
    this.#messages += this.#bodies.in(chunk)
    if (this.#unacknowledged.length === 0) return
    for (let own = this.#own.in(chunk); own > 0; own--) this.#unacknowledged.shift()?.()
  }
}

const occupant = ({ room, nick }: XmppPlace): string => `${room}/${nick}`

/** @throws Error when the connection ends before the text has come */
async function read(socket: Socket, text: string): Promise<void> {
  let read = ''
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const listen = (chunk: Buffer) => {
    read += chunk.toString()
    if (read.includes(text)) resolve()
  }
  const ended = (error?: unknown) => reject(new Error(`No ${text} came, but: ${read}`, { cause: error }))
  socket.on('data', listen).on('error', ended).on('close', ended)
  try {
    await promise
  } finally {
    socket.off('data', listen).off('error', ended).off('close', ended)
  }
}
