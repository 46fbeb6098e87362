import { Buffer } from 'node:buffer'
import { BOMB_IDEAS } from './bomb-ideas.ts'
import { DISGUISED_IDEAS } from './disguised-ideas.ts'
import { type HostileFile, type HostileIdea, runOf } from './hostile-file.ts'
import { NAMED_IDEAS } from './named-ideas.ts'
import { POLYGLOT_IDEAS } from './polyglot-ideas.ts'
import { SVG_IDEAS } from './svg-ideas.ts'

const IDEAS: readonly HostileIdea[] = [
  ...SVG_IDEAS,
  ...DISGUISED_IDEAS,
  ...POLYGLOT_IDEAS,
  ...BOMB_IDEAS,
  ...NAMED_IDEAS,
]

/** The same bytes every time. A file's script tells its place in the list. */
export const hostileCorpus = (): HostileFile[] =>
  IDEAS.map(({ what, filename, content }, id) => ({ what, filename, content: Buffer.from(content(runOf(id))) }))
