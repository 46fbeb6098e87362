import {
  CLIENT_EVENTS,
  type ClientEvent,
  type EventLimit,
  LIMITS,
  SERVER_EVENTS,
  type ServerEvent,
  wireError,
} from '@lectern/protocol'
import { type Catalogue, createCatalogue, type JsonSchema } from './catalogue.ts'

const DESCRIPTION = `Socket.IO 4 on the default namespace. \`auth: { token }\`, or the cookie of the same origin.
Every client event takes an optional ack, its reply here; the failure of one sent without comes as \`chat:error\`, of a \`webrtc:\` event as \`webrtc:error\`.
A frame over ${LIMITS.frameBytes} bytes, or a binary attachment, ends the connection.`

const CLIENT: [string, ClientEvent][] = Object.entries(CLIENT_EVENTS)
const SERVER: [string, ServerEvent][] = Object.entries(SERVER_EVENTS)

/** AsyncAPI's keys bear no colon. */
const keyOf = (event: string): string => event.replace(':', '.')

const reference = (...path: string[]): Reference => ({ $ref: `#/${path.join('/')}` })

/** The AsyncAPI 3.0 document of every socket event, as the server sees it: it receives what clients emit. */
export function createAsyncApi(version: string, publicUrl: string) {
  const { host, protocol } = new URL(publicUrl)
  const catalogue = createCatalogue()
  const messages = messagesOf(catalogue)
  const acks = acksOf(catalogue)
  return {
    asyncapi: '3.0.0',
    info: { title: 'Lectern', version, description: DESCRIPTION, license: { name: 'MIT' } },
    defaultContentType: 'application/json',
    servers: {
      lectern: {
        host,
        pathname: '/socket.io/',
        protocol: protocol === 'https:' ? 'wss' : 'ws',
        security: [
          reference('components', 'securitySchemes', 'token'),
          reference('components', 'securitySchemes', 'cookie'),
        ],
      },
    },
    channels: {
      events: { address: '/', title: 'The default namespace', messages: namesIn(messages) },
      acks: { address: null, title: 'Acknowledgements', messages: namesIn(acks) },
    },
    operations: operations(),
    components: {
      messages: { ...messages, ...acks },
      schemas: catalogue.components,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'In `auth: { token }`.' },
        cookie: { type: 'httpApiKey', in: 'cookie', name: 'lectern_access' },
      },
    },
  }
}

interface Message {
  name: string
  title: string
  summary: string
  payload: JsonSchema
}
type Messages = Record<string, Message>

const namesIn = (messages: Messages) =>
  Object.fromEntries(Object.keys(messages).map((key) => [key, reference('components', 'messages', key)]))

function messagesOf(catalogue: Catalogue): Messages {
  const emitted = CLIENT.map(([name, event]) => messageOf(name, event.summary, catalogue.add(event.payload, 'input')))
  const sent = SERVER.map(([name, event]) => messageOf(name, event.summary, catalogue.add(event.payload, 'output')))
  return Object.fromEntries([...emitted, ...sent])
}

const messageOf = (name: string, summary: string, payload: JsonSchema): [string, Message] => [
  keyOf(name),
  { name, title: name, summary, payload },
]

function acksOf(catalogue: Catalogue): Messages {
  const failed = { ok: { const: false }, error: catalogue.add(wireError, 'output') }
  return Object.fromEntries(
    CLIENT.map(([name, { ack }]) => {
      const done = { ok: { const: true }, data: catalogue.add(ack, 'output') }
      const payload: JsonSchema = { oneOf: [answer(done), answer(failed)] }
      return [`${keyOf(name)}.ack`, { name: `${name} ack`, title: `Ack of ${name}`, summary: 'Done, or not.', payload }]
    }),
  )
}

const answer = (properties: Record<string, JsonSchema>): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
})

interface Reference {
  $ref: string
}

interface Operation {
  action: 'receive' | 'send'
  channel: Reference
  summary: string
  description?: string
  messages: Reference[]
  reply?: { channel: Reference; messages: Reference[] }
  'x-limit'?: EventLimit
}

function operations(): Record<string, Operation> {
  const channel = reference('channels', 'events')
  const received = CLIENT.map(([name, { summary, limit }]): [string, Operation] => [
    `receive.${keyOf(name)}`,
    {
      action: 'receive',
      channel,
      summary,
      messages: [reference('channels', 'events', 'messages', keyOf(name))],
      reply: {
        channel: reference('channels', 'acks'),
        messages: [reference('channels', 'acks', 'messages', `${keyOf(name)}.ack`)],
      },
      'x-limit': limit,
    },
  ])
  const sent = SERVER.map(([name, { summary, to }]): [string, Operation] => [
    `send.${keyOf(name)}`,
    {
      action: 'send',
      channel,
      summary,
      description: `To: ${to}`,
      messages: [reference('channels', 'events', 'messages', keyOf(name))],
    },
  ])
  return Object.fromEntries([...received, ...sent])
}
