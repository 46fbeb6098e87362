import { part, whenFetched } from '../../ui/part.tsx'

// What a row shows only where it is pointed at, focused or edited.

const actions = part(async () => (await import('./actions/message-actions.tsx')).MessageActions)
const tooltip = part(async () => (await import('./emoji/reaction-tooltip.tsx')).ReactionTooltip)
const editor = part(async () => (await import('./actions/message-editor.tsx')).MessageEditor)

export const MessageActions = whenFetched(actions)

export const ReactionTooltip = whenFetched(tooltip)

export const MessageEditor = whenFetched(editor)

export const fetchTools = (): Promise<unknown> => Promise.all([actions.fetch(), tooltip.fetch(), editor.fetch()])
