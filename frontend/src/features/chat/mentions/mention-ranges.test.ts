import { describe, expect, test } from 'vitest'
import { mentionedIds, mentionRanges } from './mention-ranges.ts'

const lan = { userId: 'u1', userName: 'Lan' }
const lanAnh = { userId: 'u2', userName: 'Lan Anh' }
const dao = { userId: 'u3', userName: 'Trần Thị Đào' }
const all = { userId: 'all', userName: 'all' }

describe('where a text mentions whom', () => {
  test('the longest name wins, at each place anew', () => {
    expect(mentionRanges('@Lan Anh và @Lan', [lan, lanAnh])).toEqual([
      { start: 0, end: 8, userId: 'u2' },
      { start: 12, end: 16, userId: 'u1' },
    ])
  })

  test('a name that goes on is another name', () => {
    expect(mentionRanges('@Lanh @Lan_ @Lan1', [lan])).toEqual([])
    expect(mentionRanges('@Lan, @Lan!', [lan])).toHaveLength(2)
  })

  test('a decomposed spelling is the same name', () => {
    const text = `Chào @${dao.userName.normalize('NFD')}!`
    expect(mentionRanges(text, [dao])).toEqual([{ start: 5, end: text.length - 1, userId: 'u3' }])
    expect(mentionRanges('@Trần Thị Đào', [{ ...dao, userName: dao.userName.normalize('NFD') }])).toHaveLength(1)
  })

  test('an address mentions nobody', () => {
    expect(mentionRanges('ban@Lan', [lan])).toEqual([])
    expect(mentionRanges('a@all', [all])).toEqual([])
  })
})

describe('who is mentioned', () => {
  test('whose name was taken out of the text is not', () => {
    expect(mentionedIds('Chào @Lan', [lan, dao], [])).toEqual(['u1'])
  })

  test('each once', () => {
    expect(mentionedIds('@Lan @Lan', [lan], [lan])).toEqual(['u1'])
  })

  test('of namesakes those who were chosen', () => {
    const namesake = { userId: 'u9', userName: 'Lan' }
    expect(mentionedIds('@Lan', [namesake], [lan, namesake])).toEqual(['u9'])
    expect(mentionedIds('@Lan, @Lan', [namesake, lan], [lan, namesake])).toEqual(['u9', 'u1'])
    expect(mentionedIds('@Lan', [], [lan, namesake])).toEqual([])
  })

  test('a name typed in full counts without having been chosen', () => {
    expect(mentionedIds('Nhờ @Trần Thị Đào', [], [lan, dao])).toEqual(['u3'])
    expect(mentionedIds('@all', [], [lan])).toEqual([])
    expect(mentionedIds('@all', [], [lan, all])).toEqual(['all'])
  })

  test('at most as many as one message may bear', () => {
    const people = Array.from({ length: 60 }, (_, index) => ({ userId: `u${index}`, userName: `N${index}` }))
    const text = people.map((person) => `@${person.userName}`).join(' ')
    expect(mentionedIds(text, people, [])).toHaveLength(50)
  })
})
