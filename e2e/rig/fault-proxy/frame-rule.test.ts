import { describe, expect, it } from 'vitest'
import { type Frame, frameRule } from './frame-rule.ts'

const REQUEST = Buffer.from('GET /socket.io/ HTTP/1.1\r\nUpgrade: websocket\r\n\r\n')
const ANSWER = Buffer.from('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n')
const MASK = Buffer.from([1, 2, 3, 4])

function lengthOf(length: number, masked: boolean): Buffer {
  const bit = masked ? 0x80 : 0
  if (length < 126) return Buffer.from([bit | length])
  return Buffer.from([bit | 126, length >> 8, length & 0xff])
}

function frame(text: string, { masked = false, opcode = 1 } = {}): Buffer {
  const payload = Buffer.from(text)
  const body = masked ? payload.map((byte, index) => byte ^ (MASK[index % 4] ?? 0)) : payload
  const head = [Buffer.from([0x80 | opcode]), lengthOf(payload.length, masked)]
  return Buffer.concat([...head, ...(masked ? [MASK] : []), body])
}

function reading() {
  const frames: Frame[] = []
  const rule = frameRule((read) => {
    frames.push(read)
    return read.text.startsWith('cut') ? 'reset' : undefined
  })
  return { frames, rule }
}

describe('a rule by frames', () => {
  it('reads what clients mask and servers do not, of every length, however it is cut into chunks', () => {
    const { frames, rule } = reading()
    const texts = ['', 'Chào cả lớp', 'x'.repeat(125), 'x'.repeat(126), 'x'.repeat(65_000)]
    const up = Buffer.concat([REQUEST, ...texts.map((text) => frame(text, { masked: true }))])
    const down = Buffer.concat([ANSWER, ...texts.map((text) => frame(text))])
    for (let at = 0; at < up.length; at += 7) rule({ connection: 1, direction: 'up', chunk: up.subarray(at, at + 7) })
    rule({ connection: 1, direction: 'down', chunk: down })
    expect(frames.filter(({ direction }) => direction === 'up').map(({ text }) => text)).toEqual(texts)
    expect(frames.filter(({ direction }) => direction === 'down').map(({ text }) => text)).toEqual(texts)
  })

  it('passes what comes before the frame that it cuts', () => {
    const { rule } = reading()
    rule({ connection: 1, direction: 'up', chunk: REQUEST })
    const before = Buffer.concat([frame('one', { masked: true }), frame('ping', { masked: true, opcode: 9 })])
    const chunk = Buffer.concat([before, frame('cut here', { masked: true }), frame('two', { masked: true })])
    expect(rule({ connection: 1, direction: 'up', chunk })).toEqual({ passing: before.length, cut: 'reset' })
  })

  it('passes nothing more of a frame whose beginning is gone already', () => {
    const { rule } = reading()
    const bytes = Buffer.concat([ANSWER, frame('cut here')])
    expect(rule({ connection: 1, direction: 'down', chunk: bytes.subarray(0, -2) })).toBeUndefined()
    expect(rule({ connection: 1, direction: 'down', chunk: bytes.subarray(-2) })).toEqual({ passing: 0, cut: 'reset' })
  })

  it('tells connections apart, and reads nothing into plain HTTP', () => {
    const { frames, rule } = reading()
    rule({ connection: 1, direction: 'up', chunk: Buffer.from('POST / HTTP/1.1\r\nHost: a\r\n\r\n') })
    rule({ connection: 1, direction: 'up', chunk: frame('cut', { masked: true }) })
    rule({ connection: 2, direction: 'up', chunk: Buffer.concat([REQUEST, frame('hi', { masked: true })]) })
    expect(frames).toEqual([{ connection: 2, direction: 'up', text: 'hi' }])
  })
})
