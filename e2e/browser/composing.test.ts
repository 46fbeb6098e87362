import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../rig/eventually.ts'
import { said, say } from './chat-log.ts'
import { inputMethodIn, TELEX, VNI } from './input-method.ts'
import { chatPage } from './pages/chat-page.ts'
import { openStage, type Stage } from './stage.ts'

describe('writing with an input method', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(() => stage[Symbol.asyncDispose]())

  async function writer(title: string) {
    const { course, students, teacher } = await stage.classroom(title)
    const [an] = students
    if (an === undefined) throw new Error('The classroom has a student.')
    const person = await stage.enter(an, { at: `/courses/${course.id}` })
    const chat = chatPage(person.page)
    await chat.composer.waitFor()
    return { an, course, teacher, person, chat, log: () => said(stage.server, an, course.id) }
  }

  it.each([
    ['Telex', TELEX],
    ['VNI', VNI],
  ])('%s: the Enter that accepts a word does not send it, the next one does', async (name, strokes) => {
    const { person, chat, log } = await writer(name)
    await using _person = person
    const method = await inputMethodIn(person.page, chat.composer)
    await chat.composer.pressSequentially('tiếng ')
    await method.compose(strokes)
    await method.enter()
    expect(await method.lastEnter()).toEqual({ key: 'Enter', keyCode: 229, isComposing: true })
    await method.commit('việt')
    expect(await chat.composer.inputValue()).toBe('tiếng việt')
    expect(await chat.texts()).toEqual([])

    await method.nextStroke()
    await chat.composer.press('Enter')
    await eventually(log).toEqual(['tiếng việt'])
    await eventually(() => chat.composer.inputValue()).toBe('')
    expect(person.errors).toEqual([])
  })

  it('in the order of Safari, where the composition ends before the Enter is told', async () => {
    const { person, chat, log } = await writer('Safari')
    await using _person = person
    const method = await inputMethodIn(person.page, chat.composer)
    await method.compose(TELEX)
    await method.commit('việt')
    await method.enter()
    expect(await method.lastEnter()).toEqual({ key: 'Enter', keyCode: 229, isComposing: false })
    expect(await chat.composer.inputValue()).toBe('việt')
    expect(await chat.texts()).toEqual([])
    await method.nextStroke()
    await chat.composer.press('Enter')
    await eventually(log).toEqual(['việt'])
    expect(person.errors).toEqual([])
  })

  it('Shift and Enter break the line, Enter sends', async () => {
    const { person, chat, log } = await writer('Lines')
    await using _person = person
    await chat.composer.pressSequentially('one')
    await chat.composer.press('Shift+Enter')
    await chat.composer.pressSequentially('two')
    expect(await chat.composer.inputValue()).toBe('one\ntwo')
    await chat.composer.press('Enter')
    await eventually(log).toEqual(['one\ntwo'])
    await chat.composer.press('Enter')
    await chat.say('three')
    await eventually(log).toEqual(['one\ntwo', 'three'])
    expect(person.errors).toEqual([])
  })

  it('nobody is mentioned by the Enter that accepts a word', async () => {
    const { person, chat, log } = await writer('Mentioning')
    await using _person = person
    const method = await inputMethodIn(person.page, chat.composer)
    await chat.composer.pressSequentially('@')
    await chat.mentions.waitFor()
    await method.compose([
      ['b', 'b'],
      ['i', 'bi'],
      ['f', 'bì'],
    ])
    await chat.mentions.getByRole('option', { name: 'Bình' }).waitFor()
    await method.enter()
    expect((await method.lastEnter())?.isComposing).toBe(true)
    expect(await chat.composer.inputValue()).toBe('@bì')
    await method.commit('bì')
    await method.nextStroke()
    await chat.composer.press('Enter')
    await eventually(() => chat.composer.inputValue()).toBe('@Bình ')
    expect(await log()).toEqual([])
    expect(person.errors).toEqual([])
  })

  it('an edit is not saved by the Enter that accepts a word', async () => {
    const { an, course, person, chat, log } = await writer('Editing')
    await using _person = person
    await say(stage.server, an, course.id, 'tiếng')
    await chat.message('tiếng').waitFor()
    await chat.composer.press('ArrowUp')
    await chat.editor.waitFor()
    const method = await inputMethodIn(person.page, chat.editor)
    await chat.editor.press('End')
    await chat.editor.pressSequentially(' ')
    await method.compose(VNI)
    await method.enter()
    expect((await method.lastEnter())?.isComposing).toBe(true)
    await method.commit('việt')
    await method.enter()
    expect((await method.lastEnter())?.isComposing).toBe(false)
    expect(await chat.editor.inputValue()).toBe('tiếng việt')
    expect(await log()).toEqual(['tiếng'])
    await method.nextStroke()
    await chat.editor.press('Enter')
    await eventually(log).toEqual(['tiếng việt'])
    expect(person.errors).toEqual([])
  })
})
