import { messageRecord } from '@lectern/protocol'
import { describe, expect, it } from 'vitest'
import { systemMessage, T0, useChatLogs } from '../../../test/chat-log.ts'
import { files } from '../../../test/file-port.ts'
import { toMessage } from './message-record.ts'

const newChatLog = useChatLogs()

describe('a message on the wire', () => {
  it('bears its client_id to its sender alone', async () => {
    const log = await newChatLog()
    const sent = await log.sent('an', 'một', { clientId: 'k' })
    expect(toMessage(sent, { forUserId: 'an', files }).client_id).toBe('k')
    expect(toMessage(sent, { forUserId: 'binh', files }).client_id).toBeNull()
    expect(toMessage(sent, { forUserId: null, files }).client_id).toBeNull()
  })

  it('bears what its schema says, and no more', async () => {
    const log = await newChatLog()
    const first = await log.sent('an', 'một', { mentions: [{ user_id: 'binh', user_name: 'Bình' }] })
    const gone = (await log.remove(first.id, T0 + 1)).message
    const reply = await log.sent('binh', 'hai', { replyToId: first.id })
    const system = await log.sent('', '', systemMessage)
    for (const stored of [first, gone, reply, system]) {
      const record = toMessage(stored, { forUserId: 'an', files })
      expect(messageRecord.strict().parse(record)).toEqual(record)
    }
    expect(toMessage(reply, { forUserId: 'an', files }).reply_to).toEqual({
      id: first.id,
      user_id: 'an',
      user_name: 'Name of an',
      message: '',
      message_type: 'text',
      deleted_at: '2026-03-02T08:00:00.001Z',
    })
  })
})
