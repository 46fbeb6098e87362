import { expect, it } from 'vitest'
import { durationText } from './duration.ts'

it('says minutes, hours beside them, and seconds where it is no minute', () => {
  const said = (language: string) =>
    [0, 59, 60, 2_699, 3_600, 5_400, 7_170].map((s) => durationText(s, language).replaceAll('\u00a0', ' '))
  expect(said('en')).toEqual(['0 sec', '59 sec', '1 min', '45 min', '1 hr', '1 hr 30 min', '2 hr'])
  expect(said('vi')).toEqual(['0 giây', '59 giây', '1 phút', '45 phút', '1 giờ', '1 giờ 30 phút', '2 giờ'])
})

it('parts no number from its unit where a line ends', () => {
  expect(durationText(5_400, 'en')).toBe('1\u00a0hr 30\u00a0min')
})
