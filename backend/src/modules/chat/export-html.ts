import { toTime } from '@lectern/protocol'
import { escapeHtml } from '../../shared/html.ts'
import type { StoredMessage, StoredReply } from './chat.records.types.ts'

const QUOTED_CHARACTERS = 120

/** Nothing in the page is fetched, and nothing in it runs. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'"

// Fonts that have Vietnamese letters on every system; `break-inside` keeps a message on one printed page.
const STYLE = `
body { max-width: 48rem; margin: 2rem auto; padding: 0 1rem; color: #1b1f24; line-height: 1.5;
  font-family: system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif }
h1 { font-size: 1.5rem } h2 { font-size: 1rem; margin: 2rem 0 .5rem; border-bottom: 1px solid #d0d7de }
article { margin: .75rem 0; break-inside: avoid } header { font-size: .85rem; color: #57606a }
header b { color: #1b1f24 } p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere }
blockquote { margin: .15rem 0; padding-left: .6rem; border-left: 3px solid #d0d7de; color: #57606a }
.note { color: #57606a; font-style: italic }
@media print { body { margin: 0; max-width: none } h2 { break-after: avoid } }
`

export const htmlHead = (title: string, now: number): string => `<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1><bdi>${escapeHtml(title)}</bdi></h1>
<p class="note">Exported ${minute(now)}. All times in UTC.</p>
`

export const htmlFoot = '</body>\n</html>\n'

/** Messages under a heading for each day. `day`: the one that the page before ended in; '' at the beginning. */
export function htmlMessages(messages: readonly StoredMessage[], day: string): { html: string; day: string } {
  let html = ''
  let current = day
  for (const message of messages) {
    const date = toTime(message.created_at).slice(0, 10)
    if (date !== current) html += `<h2><time datetime="${date}">${date}</time></h2>\n`
    current = date
    html += article(message)
  }
  return { html, day: current }
}

const minute = (at: number): string => {
  const time = toTime(at)
  return `<time datetime="${time}">${time.slice(0, 16).replace('T', ' ')}</time>`
}

const clock = (at: number): string => {
  const time = toTime(at)
  return `<time datetime="${time}">${time.slice(11, 16)}</time>`
}

function article(message: StoredMessage): string {
  const reply = message.reply_to === null ? '' : quote(message.reply_to)
  return `<article id="m${message.seq}">\n<header>${headerOf(message)}</header>\n${reply}${bodyOf(message)}\n</article>\n`
}

function headerOf(message: StoredMessage): string {
  const notes = [
    message.message_type === 'announcement' ? 'announcement' : '',
    message.pinned_at === null ? '' : 'pinned',
    message.edited_at === null ? '' : 'edited',
    ...message.reactions.map(({ emoji, user_ids }) => `${emoji} ${user_ids.length}`),
  ].filter((note) => note !== '')
  const who =
    message.user_id === null ? '' : `<b><bdi>${escapeHtml(message.user_name)}</bdi></b> (${message.user_role})`
  return [clock(message.created_at), who, ...notes.map(escapeHtml)].filter((part) => part !== '').join(' · ')
}

function bodyOf(message: StoredMessage): string {
  if (message.deleted_at !== null) return '<p class="note">deleted</p>'
  const file = message.file === null ? '' : `<p class="note"><bdi>${escapeHtml(attachedName(message.file))}</bdi></p>`
  const text = `${file}<p dir="auto">${escapeHtml(message.message)}</p>`
  return message.system === null ? text : `<p class="note">${escapeHtml(message.system.kind)}</p>${text}`
}

/** As its owner called it. */
export const attachedName = (file: NonNullable<StoredMessage['file']>): string =>
  'deleted' in file ? `${file.original_name} (deleted)` : file.originalName

function quote(reply: StoredReply): string {
  const characters = [...reply.message]
  const text = characters.slice(0, QUOTED_CHARACTERS).join('') + (characters.length > QUOTED_CHARACTERS ? '…' : '')
  const said = reply.deleted_at === null ? escapeHtml(text) : '<span class="note">deleted</span>'
  return `<blockquote dir="auto"><bdi>${escapeHtml(reply.user_name)}</bdi>: ${said}</blockquote>\n`
}
