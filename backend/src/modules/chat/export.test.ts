import { messageRecord } from '@lectern/protocol'
import { describe, expect, it } from 'vitest'
import { type ChatLog, systemMessage, T0, useChatLogs } from '../../../test/chat-log.ts'
import { files } from '../../../test/file-port.ts'
import { chatLog } from './chat.repository.ts'
import { findExported, logPages } from './export.repository.ts'
import { exportChunks } from './export.ts'

const newChatLog = useChatLogs()

async function exported(log: ChatLog, format: 'jsonl' | 'csv' | 'html', title = 'Toán <1>'): Promise<string> {
  const upToSeq = (await findExported(log.database, log.c1))?.lastSeq ?? 0
  const pages = logPages(log.database, { courseId: log.c1, upToSeq })
  return (await gather(exportChunks(format, pages, { title, userId: 'an', files, now: T0 }))).join('')
}

describe('an export', () => {
  it('as JSON lines is every message in the order of seq, however many pages it takes', async () => {
    const log = await newChatLog()
    await Promise.all(
      Array.from({ length: 1201 }, (_, i) => log.send(i % 2 ? 'an' : 'binh', `số ${i}`, { clientId: `${i}` })),
    )
    const lines = (await exported(log, 'jsonl')).split('\n')
    expect(lines.pop()).toBe('')
    const messages = lines.map((line) => messageRecord.parse(JSON.parse(line)))
    expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 1201 }, (_, i) => i + 1))
    expect(messages.slice(0, 2).map(({ client_id }) => client_id)).toEqual([null, '1'])
  })

  it('ends where the log ended when it began', async () => {
    const log = await newChatLog()
    await log.sent('an', 'một')
    const pages = logPages(log.database, { courseId: log.c1, upToSeq: 1 })
    await log.sent('an', 'hai')
    expect((await gather(pages)).flat().map(({ message }) => message)).toEqual(['một'])
  })

  it('reads a page only when the one before is used up', async () => {
    const log = await newChatLog()
    const sent = await Promise.all(Array.from({ length: 1001 }, (_, i) => log.sent('an', `số ${i}`)))
    const pages = logPages(log.database, { courseId: log.c1, upToSeq: 1001 })
    await pages.next()
    const [later] = sent.filter(({ seq }) => seq === 600)
    if (later !== undefined) await log.edit(later, 'sửa sau')
    const rest = await gather(pages)
    expect(rest.flat().find(({ seq }) => seq === 600)?.message).toBe('sửa sau')
  })

  it('as CSV begins with a byte order mark, quotes, and makes formulas text', async () => {
    const log = await newChatLog()
    await log.sent('an', '=HYPERLINK("http://x","Đọc")')
    await log.sent('binh', 'dòng 1\ndòng 2')
    const [header, ...records] = (await exported(log, 'csv')).split('\r\n')
    expect(header?.startsWith('\uFEFFseq,created_at,user_id,user_name,user_role,message_type,message,')).toBe(true)
    expect(records[0]).toContain(`,"'=HYPERLINK(""http://x"",""Đọc"")",`)
    expect(records[1]).toContain(',"dòng 1\ndòng 2",')
    expect(records[2]).toBe('')
  })

  it('as HTML is whole by itself, and escapes what people wrote', async () => {
    const log = await newChatLog()
    const first = await log.sent('an', '<script>alert("Đào & tạo")</script>')
    await log.sent('binh', 'trả lời', { replyToId: first.id, now: T0 + 86_400_000 })
    const gone = await log.sent('chi', 'bí mật')
    await log.remove(gone.id)
    await log.database.write(chatLog.react, { messageId: first.id, courseId: log.c1, userId: 'chi', emoji: '👍' })
    await log.sent('', '', systemMessage)
    const html = await exported(log, 'html')
    expect(html).toContain('<p dir="auto">&lt;script&gt;alert(&quot;Đào &amp; tạo&quot;)&lt;/script&gt;</p>')
    expect(html).toContain('<title>Toán &lt;1&gt;</title>')
    expect(html).toContain('<h2><time datetime="2026-03-03">')
    expect(html).toContain('👍 1')
    expect(html).not.toMatch(/<script|bí mật|src=|href=/)
    expect(html.trimEnd().endsWith('</html>')).toBe(true)
  })

  it('of a silent course has no messages', async () => {
    const log = await newChatLog()
    expect(await exported(log, 'jsonl')).toBe('')
    expect((await exported(log, 'csv')).split('\r\n')).toHaveLength(2)
    expect(await exported(log, 'html')).not.toContain('<article')
  })
})

async function gather<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}
