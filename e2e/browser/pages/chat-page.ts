import type { Page } from 'playwright-core'
import { type Texts, textsOf } from '../../rig/texts.ts'

/** A course's chat: its list, what can be done with a message, and where one writes. */
export function chatPage(page: Page, { text, like }: Texts = textsOf('en')) {
  const list = page.getByRole('feed', { name: text('chat:list.label') })
  const messages = list.getByRole('article')
  const composer = page.getByRole('textbox', { name: like('chat:composer.messageTo') })
  /** By what it says itself, not by what it quotes. */
  const message = (content: string | RegExp) =>
    messages.filter({ has: page.getByRole('paragraph').filter({ hasText: content }) })
  const toolbar = page.getByRole('toolbar', { name: text('chat:actions.toolbar') })
  const button = (key: string) => page.getByRole('button', { name: text(key) })
  const more = (content: string | RegExp) => message(content).getByRole('button', { name: text('chat:actions.more') })

  return {
    page,
    list,
    messages,
    message,
    /** One that the server has: what is still on its way has no place in the course yet. */
    stored: (content: string | RegExp) => message(content).and(page.locator('[data-seq]')),
    composer,
    toolbar,
    announcing: page.getByRole('textbox', { name: like('chat:composer.announcementTo') }),
    send: button('chat:composer.send'),
    cancelReply: button('chat:composer.cancelReply'),
    announce: page.getByRole('button', { name: text('chat:composer.announcement'), exact: true }),
    emoji: button('chat:composer.emoji'),
    mentions: page.getByRole('listbox', { name: text('chat:mentions.list') }),
    toNewest: page.getByRole('button', { name: like('chat:list.toNewest') }),
    newDivider: list.getByText(text('chat:list.newMessages'), { exact: true }),
    online: page.getByRole('button', { name: like('chat:header.online') }),
    typing: page.getByText(like('chat:composer.typing')),
    waiting: list.getByText(text('chat:message.waiting')),
    sending: list.getByText(text('chat:message.sending')),
    notSent: list.getByRole('alert'),
    editor: list.getByRole('textbox', { name: text('chat:editing.label') }),
    undo: button('chat:deletion.undo'),
    /** Each says where one is, and what is announced there. */
    announcer: page.locator('[data-announcer]'),
    header: (key: 'search' | 'pins' | 'people') =>
      page.getByRole('button', { name: text(`chat:header.${key}`), exact: true }),
    shortcuts: button('chat:shortcuts.title'),
    menuItem: (key: string) => page.getByRole('menuitem', { name: text(`chat:actions.${key}`), exact: true }),

    /** What each message says, from top to bottom, as far as it is drawn. */
    texts: () => messages.getByRole('paragraph').allTextContents(),
    async say(content: string) {
      await composer.fill(content)
      await composer.press('Enter')
    },
    /** Of a message that has its toolbar. */
    more,
    /** Opens the menu of a message. */
    async menuOf(content: string | RegExp) {
      await message(content).hover()
      await more(content).click()
    },
    async act(content: string | RegExp, key: string) {
      await this.menuOf(content)
      await this.menuItem(key).click()
    },
    async reply(content: string | RegExp) {
      await message(content).hover()
      await message(content)
        .getByRole('button', { name: text('chat:actions.reply'), exact: true })
        .click()
    },
    async react(content: string | RegExp, emoji: string) {
      await message(content).hover()
      await message(content)
        .getByRole('button', { name: text('chat:actions.reactWith', { emoji }) })
        .click()
    },
    reaction: (content: string | RegExp, emoji: string) =>
      message(content)
        .getByRole('list', { name: text('chat:reactions.title') })
        .getByRole('button')
        .filter({ hasText: emoji }),
  }
}

export type ChatPage = ReturnType<typeof chatPage>
