import { describe, expect, it } from 'vitest'
import { httpDate, isNotModified, rangeApplies } from './conditional.ts'

const AT = Date.UTC(2026, 2, 1, 8, 30, 15, 250)
const file = { etag: '"abc"', modifiedAt: AT }
const weak = { etag: 'W/"abc"', modifiedAt: AT }

describe('a conditional request', () => {
  it.each([
    ['"abc"', true],
    ['W/"abc"', true],
    ['"x", "abc"', true],
    ['"x,y" , W/"abc"', true],
    ['*', true],
    [' * ', true],
    ['"x"', false],
    ['abc', false],
    ['"ABC"', false],
    ['', false],
  ])('If-None-Match: %s compares weakly', (header, answer) => {
    expect(isNotModified({ 'if-none-match': header }, file)).toBe(answer)
    expect(isNotModified({ 'if-none-match': header }, weak)).toBe(answer)
  })

  it.each([
    [httpDate(AT), true],
    [httpDate(AT + 1000), true],
    [httpDate(AT - 1000), false],
    ['yesterday', false],
    ['at 2030', false],
  ])('If-Modified-Since: %s compares whole seconds', (header, answer) => {
    expect(isNotModified({ 'if-modified-since': header }, file)).toBe(answer)
  })

  it('heeds a date only where there is no tag', () => {
    expect(isNotModified({ 'if-none-match': '"x"', 'if-modified-since': httpDate(AT) }, file)).toBe(false)
    expect(isNotModified({}, file)).toBe(false)
  })
})

describe('If-Range', () => {
  it.each([
    [undefined, true],
    ['"abc"', true],
    ['"x"', false],
    ['W/"abc"', false],
    [httpDate(AT), true],
    [httpDate(AT + 1000), false],
    [httpDate(AT - 1000), false],
    ['yesterday', false],
  ])('%s', (header, answer) => {
    expect(rangeApplies({ 'if-range': header }, file)).toBe(answer)
  })

  it('never matches a weak tag', () => {
    expect(rangeApplies({ 'if-range': 'W/"abc"' }, weak)).toBe(false)
  })
})
