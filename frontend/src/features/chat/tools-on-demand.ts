import { part, whenFetched } from '../../ui/part.tsx'

// What a row shows only where it is pointed at, focused or edited, and a text field only where somebody is mentioned.

const actions = part(async () => (await import('./actions/message-actions.tsx')).MessageActions)
const tooltip = part(async () => (await import('./emoji/reaction-tooltip.tsx')).ReactionTooltip)
const editor = part(async () => (await import('./actions/message-editor.tsx')).MessageEditor)
const mentions = part(async () => (await import('./mentions/mention-list.tsx')).MentionList)

export const MessageActions = whenFetched(actions)

export const ReactionTooltip = whenFetched(tooltip)

export const MessageEditor = whenFetched(editor)

export const MentionList = whenFetched(mentions)

export const fetchTools = (): Promise<unknown> =>
  Promise.all([actions.fetch(), tooltip.fetch(), editor.fetch(), mentions.fetch()])
