const HUGE = 900_000

/** What JSON may hold in place of the object that is expected. */
export const NO_PAYLOADS: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['an array', []],
  ['an array of an object', [{ courseId: 'x' }]],
  ['a string', 'x'],
  ['a number', 7],
  ['a boolean', true],
  ['an empty object', {}],
  ['__proto__ alone', JSON.parse('{"__proto__":{"courseId":"x","message":"x"},"constructor":{"prototype":{"x":1}}}')],
  ['a string of 900 KB', 'x'.repeat(HUGE)],
  ['an array of 900 KB', Array.from({ length: HUGE / 2 }, () => 1)],
  ['an object of 900 KB', { padding: 'x'.repeat(HUGE) }],
  ['an object of 50,000 fields', Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`field${n}`, n]))],
  ['a deep array', JSON.parse('['.repeat(2_000) + ']'.repeat(2_000))],
]

const notStrings = [7, true, {}, [], ['x'], { length: 1 }]
const notText = ['\ud800', 'a\udc00b', '\u0000', 'a\u0007b', '\u0085', '\r', 'x'.repeat(HUGE)]

const descriptionsBut = (type: string): readonly unknown[] => [
  7,
  'v=0',
  [],
  {},
  { type },
  { type, sdp: '' },
  { type, sdp: 7 },
  { type, sdp: null },
  { type: 'pranswer', sdp: 'v=0' },
  { type: type === 'offer' ? 'answer' : 'offer', sdp: 'v=0' },
  { sdp: 'v=0' },
]

export type FieldKind =
  | 'id'
  | 'text'
  | 'emoji'
  | 'position'
  | 'type'
  | 'list'
  | 'token'
  | 'clientId'
  | 'peer'
  | 'flag'
  | 'role'
  | 'displayName'
  | 'instance'
  | 'offer'
  | 'answer'
  | 'candidate'

/** What a field of a kind does not take. */
export const WRONG: Record<FieldKind, readonly unknown[]> = {
  id: [...notStrings, ...notText, '', ' ', 'a b', '../x', 'ả', 'sfu', 'all', 'x'.repeat(129)],
  text: [...notStrings, ...notText, '', '   '],
  emoji: [...notStrings, ...notText, '', 'a', '👍👍'],
  position: ['1', true, {}, [], -1, 1.5, 1e300, '9'.repeat(HUGE)],
  type: [...notStrings, ...notText, '', 'system', 'constructor', '__proto__'],
  list: [
    'x',
    7,
    true,
    {},
    { length: 1 },
    [7],
    [null],
    [{}],
    [['x']],
    Array.from({ length: 200_000 }, () => 1),
    ['\ud800'],
  ],
  token: [...notStrings, '', 'x'.repeat(HUGE)],
  clientId: [...notStrings, ...notText, '', 'x'.repeat(65)],
  peer: [...notStrings, ...notText, '', ' ', 'a b', '../x', 'ả', 'all', 'x'.repeat(129)],
  flag: ['true', 1, 0, {}, [], 'x'.repeat(HUGE)],
  role: [...notStrings, ...notText, '', 'system', 'owner', 'Teacher', '__proto__'],
  displayName: [
    ...notStrings,
    ...notText,
    '',
    '   ',
    'x'.repeat(81),
    'a\nb',
    'a\tb',
    'a\u202eb',
    '\u200fa',
    'a\u2066b',
  ],
  instance: [...notStrings, '', 'x'.repeat(129)],
  offer: descriptionsBut('offer'),
  answer: descriptionsBut('answer'),
  candidate: [7, true, 'x', [], {}, { candidate: 7 }, { candidate: null }, 'x'.repeat(HUGE)],
}
