import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../rig/browser.ts'
import { eventually } from '../rig/eventually.ts'
import { type FaultProxy, startFaultProxy } from '../rig/fault-proxy/fault-proxy.ts'
import { said } from './chat-log.ts'
import { type ChatPage, chatPage } from './pages/chat-page.ts'
import { openStage, type Stage } from './stage.ts'

const THREE = ['Một', 'Hai', 'Ba']

/** What befalls somebody's network. */
interface Trouble {
  readonly what: string
  begin(person: Person, proxy: FaultProxy): Promise<void>
  end(person: Person, proxy: FaultProxy): Promise<void>
  readonly banner: RegExp
}

const OFFLINE: Trouble = {
  what: 'the machine is offline',
  begin: ({ context }) => context.setOffline(true),
  end: ({ context }) => context.setOffline(false),
  banner: /You are offline\./,
}
const REFUSED: Trouble = {
  what: 'the server is not reached',
  async begin(_person, proxy) {
    proxy.refuse()
    proxy.cutAll('reset')
  },
  end: (_person, proxy) => proxy.accept(),
  banner: /No connection to the server\./,
}

describe('somebody whose connection is gone', () => {
  let stage: Stage
  let proxy: FaultProxy
  beforeAll(async () => {
    stage = await openStage()
    proxy = await startFaultProxy(stage.server.url)
  })
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await stage[Symbol.asyncDispose]()
  })

  /** One behind a network that breaks, one at the server. */
  async function two(title: string) {
    const classroom = await stage.classroom(title)
    const [an, binh] = classroom.students
    if (an === undefined || binh === undefined) throw new Error('The classroom has two students.')
    const at = `/courses/${classroom.course.id}`
    const away = await stage.enter(an, { at, url: proxy.url })
    const here = await stage.enter(binh, { at })
    const seat = chatPage(here.page)
    await chatPage(away.page).composer.waitFor()
    await eventually(() => seat.online.textContent()).toBe('2 online')
    return { ...classroom, an, at, away, here, seat }
  }

  async function writeThree(chat: ChatPage) {
    for (const text of THREE) await chat.say(text)
    await eventually(() => chat.waiting.count()).toBe(3)
    expect(await chat.texts()).toEqual(THREE)
  }

  it.each([OFFLINE, REFUSED])(
    'is told so while $what, writes on, and all of it is sent once, in order',
    async (trouble) => {
      const { an, course, away, here, seat } = await two(trouble.what)
      await using _away = away
      await using _here = here
      const chat = chatPage(away.page)
      const banner = away.page.getByText(trouble.banner)
      await trouble.begin(away, proxy)
      await banner.waitFor()
      await writeThree(chat)
      await away.page.getByText('3 unsent messages are kept and will be sent.').waitFor()
      await seat.say('Bạn đâu rồi?')
      await trouble.end(away, proxy)
      await banner.waitFor({ state: 'hidden' })
      const talk = ['Bạn đâu rồi?', ...THREE]
      for (const one of [chat, seat]) await eventually(one.texts).toEqual(talk)
      await eventually(() => chat.waiting.count()).toBe(0)
      expect(await said(stage.server, an, course.id)).toEqual(talk)
      expect([...away.errors, ...here.errors]).toEqual([])
    },
  )

  it('reloads the page while messages wait, and they are sent once, in order', async () => {
    const { an, course, away, here, seat } = await two('Reloading')
    await using _away = away
    await using _here = here
    const chat = chatPage(away.page)
    await REFUSED.begin(away, proxy)
    await writeThree(chat)
    // The page itself comes over the network that is gone: it is loaded as soon as there is one.
    await REFUSED.end(away, proxy)
    proxy.cutAll('reset')
    await away.page.reload()
    for (const one of [chat, seat]) await eventually(one.texts).toEqual(THREE)
    expect(await said(stage.server, an, course.id)).toEqual(THREE)
    expect([...away.errors, ...here.errors]).toEqual([])
  })

  it('closes the page while messages wait, and they are sent when it is opened again, wherever that is', async () => {
    const { an, course, away, here, seat } = await two('Closing')
    await using _away = away
    await using _here = here
    await REFUSED.begin(away, proxy)
    await writeThree(chatPage(away.page))
    await away.page.close()
    await REFUSED.end(away, proxy)
    const again = await away.context.newPage()
    await again.goto(`${proxy.url}/`)
    await eventually(seat.texts).toEqual(THREE)
    expect(await said(stage.server, an, course.id)).toEqual(THREE)
    expect([...away.errors, ...here.errors]).toEqual([])
  })

  it('notices a network that swallows everything, and writes on', async () => {
    const { an, course, away, here, seat } = await two('Black hole')
    await using _away = away
    await using _here = here
    const chat = chatPage(away.page)
    proxy.setNetwork({ silent: true })
    for (const text of THREE) await chat.say(text)
    await away.page.getByText(REFUSED.banner).or(away.page.getByText('Connecting…')).waitFor({ timeout: 60_000 })
    expect(await chat.texts()).toEqual(THREE)
    proxy.setNetwork({})
    for (const one of [chat, seat]) await eventually(one.texts, { withinMs: 60_000 }).toEqual(THREE)
    expect(await said(stage.server, an, course.id)).toEqual(THREE)
    expect([...away.errors, ...here.errors]).toEqual([])
  }, 180_000)
})
