import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../rig/eventually.ts'
import { logOf, said, say, sayAll } from './chat-log.ts'
import { chatPage } from './pages/chat-page.ts'
import { coursePages } from './pages/course-pages.ts'
import { openStage, type Stage } from './stage.ts'

describe('two people talk', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(() => stage[Symbol.asyncDispose]())

  /** Two students of a course of their own, in its chat. */
  async function two(title: string) {
    const classroom = await stage.classroom(title)
    const [an, binh] = classroom.students
    if (an === undefined || binh === undefined) throw new Error('The classroom has two students.')
    const at = `/courses/${classroom.course.id}`
    const [left, right] = await Promise.all([stage.enter(an, { at }), stage.enter(binh, { at })])
    const both = { left: chatPage(left.page), right: chatPage(right.page) }
    await Promise.all([both.left.composer.waitFor(), both.right.composer.waitFor()])
    return {
      ...classroom,
      an,
      binh,
      at,
      ...both,
      people: [left, right],
      async [Symbol.asyncDispose]() {
        await Promise.all([left[Symbol.asyncDispose](), right[Symbol.asyncDispose]()])
      },
    }
  }

  it('each says something, and both see it once, in the same order', async () => {
    await using there = await two('Saying')
    const { left, right, an, course } = there
    await left.say('Một')
    await right.message('Một').waitFor()
    await right.say('Hai')
    await left.message('Hai').waitFor()
    await left.say('Ba')
    for (const seat of [left, right]) await eventually(seat.texts).toEqual(['Một', 'Hai', 'Ba'])
    expect(await said(stage.server, an, course.id)).toEqual(['Một', 'Hai', 'Ba'])
    for (const { errors } of there.people) expect(errors).toEqual([])
  })

  it('a reply shows what it answers, and leads to it', async () => {
    await using there = await two('Replies')
    const { left, right, an, course, people } = there
    await say(stage.server, an, course.id, 'What is a vector space?')
    await sayAll(
      stage.server,
      an,
      course.id,
      Array.from({ length: 60 }, (_, n) => `In between ${n}`),
    )
    await right.message('In between 59').waitFor()
    await right.page.getByRole('feed').press('Home')
    await right.reply('What is a vector space?')
    await right.say('A set with two operations.')
    await left.message('A set with two operations.').waitFor()
    await eventually(() => left.message('What is a vector space?').count()).toBe(0)
    await left.message('A set with two operations.').getByRole('button', { name: 'In reply to' }).click()
    await left.message('What is a vector space?').waitFor()
    const answer = (await logOf(stage.server, an, course.id)).at(-1)
    expect(answer?.reply_to).toMatchObject({ user_name: 'An', message: 'What is a vector space?' })
    for (const { errors } of people) expect(errors).toEqual([])
  })

  it('an edit is seen by both, and marked', async () => {
    await using there = await two('Edits')
    const { left, right, people } = there
    await left.say('Usualy not.')
    await left.stored('Usualy not.').waitFor()
    await left.composer.press('ArrowUp')
    await eventually(() => left.editor.inputValue()).toBe('Usualy not.')
    await left.editor.fill('Usually not.')
    await left.editor.press('Enter')
    for (const seat of [left, right]) await seat.message('Usually not. (edited)').waitFor()
    await eventually(() => left.composer.evaluate((field) => field === document.activeElement)).toBe(true)
    for (const { errors } of people) expect(errors).toEqual([])
  })

  it('a deletion that is undone was never sent', async () => {
    await using there = await two('Undo')
    const { left, right, an, course, people } = there
    await left.say('Wrong room')
    await right.message('Wrong room').waitFor()
    const before = await logOf(stage.server, an, course.id)
    await left.act('Wrong room', 'delete')
    await left.message('Wrong room').waitFor({ state: 'hidden' })
    await left.undo.click()
    await left.message('Wrong room').waitFor()
    expect(await logOf(stage.server, an, course.id)).toEqual(before)
    await right.message('Wrong room').waitFor()
    for (const { errors } of people) expect(errors).toEqual([])
  })

  it('a deletion that nobody undoes is made', async () => {
    await using there = await two('Deletions')
    const { left, right, an, course, people } = there
    await left.say('Wrong room')
    await right.message('Wrong room').waitFor()
    await left.act('Wrong room', 'delete')
    await right.message('This message was deleted').waitFor()
    await left.message('This message was deleted').waitFor()
    await left.undo.waitFor({ state: 'hidden' })
    expect(await said(stage.server, an, course.id)).toEqual([''])
    for (const { errors } of people) expect(errors).toEqual([])
  })

  it('reactions add up, and are taken back', async () => {
    await using there = await two('Reactions')
    const { left, right, people } = there
    await left.say('Xong rồi!')
    await right.react('Xong rồi!', '👍')
    await left.reaction('Xong rồi!', '👍').click()
    const onTheRight = right.reaction('Xong rồi!', '👍')
    await eventually(() => onTheRight.textContent()).toBe('👍2')
    await eventually(() => onTheRight.getAttribute('aria-label')).toContain('You')
    await onTheRight.click()
    await eventually(() => left.reaction('Xong rồi!', '👍').textContent()).toBe('👍1')
    await left.message('Xong rồi!').hover()
    await left.toolbar.getByRole('button', { name: 'Add reaction' }).click()
    await left.page.getByRole('searchbox', { name: 'Search emoji' }).fill('rocket')
    await left.page.getByRole('gridcell', { name: 'rocket' }).click()
    await right.reaction('Xong rồi!', '🚀').waitFor()
    for (const { errors } of people) expect(errors).toEqual([])
  })

  it('who writes is seen writing, until they have sent it, or stop', async () => {
    await using there = await two('Typing')
    const { left, right, people } = there
    await left.composer.pressSequentially('Xin')
    await right.page.getByText('An is typing…').waitFor()
    await left.composer.press('Enter')
    await right.typing.waitFor({ state: 'hidden' })
    await left.composer.pressSequentially('Và')
    await right.typing.waitFor()
    await right.typing.waitFor({ state: 'hidden' })
    expect(await right.texts()).toEqual(['Xin'])
    for (const { errors } of people) expect(errors).toEqual([])
  })

  it('who is there is counted', async () => {
    await using there = await two('Presence')
    const { left, teacher, at, people } = there
    await eventually(() => left.online.textContent()).toBe('2 online')
    const third = await stage.enter(teacher, { at })
    await eventually(() => left.online.textContent()).toBe('3 online')
    await third[Symbol.asyncDispose]()
    await eventually(() => left.online.textContent()).toBe('2 online')
    for (const { errors } of people) expect(errors).toEqual([])
  })

  it('what is not sent is kept, for each course', async () => {
    const classroom = await stage.classroom('Kept here')
    const other = await stage.another(classroom, 'Kept there')
    await using teacher = await stage.enter(classroom.teacher, { at: `/courses/${classroom.course.id}` })
    const { page, errors } = teacher
    const chat = chatPage(page)
    const courses = coursePages(page)
    await chat.composer.fill('half a sent')
    await courses.link('Kept there').click()
    await page.waitForURL(`**/courses/${other.id}`)
    await eventually(() => chat.composer.inputValue()).toBe('')
    await chat.composer.fill('something else')
    await page.reload()
    await eventually(() => chat.composer.inputValue()).toBe('something else')
    await courses.link('Kept here').click()
    await eventually(() => chat.composer.inputValue()).toBe('half a sent')
    expect(errors).toEqual([])
  })

  it('what somebody writes is text, and its links are safe', async () => {
    await using there = await two('Safety')
    const { left, right, people } = there
    const hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script> <b>bold</b>'
    await left.say(hostile)
    await right.message('bold').waitFor()
    expect(await right.texts()).toEqual([hostile])
    expect(await right.list.locator('img, script, b').count()).toBe(0)
    await left.say(
      'See javascript:alert(1) and data:text/html,hi and https://example.org/a?b=1 and mailto:a@example.org',
    )
    await right.message('See javascript').waitFor()
    const links = await right.message('See javascript').getByRole('link').all()
    const addresses = await Promise.all(links.map((link) => link.getAttribute('href')))
    expect(addresses.every((address) => /^(https?|mailto):/.test(address ?? ''))).toBe(true)
    expect(addresses).toContain('https://example.org/a?b=1')
    for (const link of links) {
      expect(await link.getAttribute('rel')).toContain('noopener')
      expect(await link.getAttribute('target')).toBe('_blank')
    }
    for (const { errors } of people) expect(errors).toEqual([])
  })
})
