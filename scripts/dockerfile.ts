import { readFileSync } from 'node:fs'

export interface Instruction {
  readonly name: string
  /** As written, its continued lines joined, without flags such as `--mount`. */
  readonly text: string
  /** `--from=build` → `{ from: 'build' }`. */
  readonly flags: Readonly<Record<string, string>>
}

export interface Stage {
  readonly name: string
  readonly base: string
  readonly instructions: readonly Instruction[]
}

/** The stages of a Dockerfile, in the subset of the format that this repository's uses. */
export function readStages(path: string): readonly Stage[] {
  const stages: (Stage & { instructions: Instruction[] })[] = []
  for (const line of logicalLines(readFileSync(path, 'utf8'))) {
    const instruction = parse(line)
    if (instruction.name === 'FROM') {
      const [base = '', , name = ''] = instruction.text.split(/\s+/)
      stages.push({ name, base, instructions: [] })
    } else {
      stages.at(-1)?.instructions.push(instruction)
    }
  }
  return stages
}

const logicalLines = (text: string): string[] =>
  text
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')

function parse(line: string): Instruction {
  const [, name = '', written = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? []
  const flags: Record<string, string> = {}
  let text = written
  for (let match = FLAG.exec(text); match !== null; match = FLAG.exec(text)) {
    flags[match[1] ?? ''] = match[2] ?? ''
    text = text.slice(match[0].length)
  }
  return { name, text, flags }
}

const FLAG = /^--([\w-]+)=(\S+)\s+/

/** The words of an instruction in its JSON form: `CMD ["node", "main.js"]`, `HEALTHCHECK CMD ["node", …]`. */
export function wordsOf(instruction: Instruction | undefined): [command: string, ...words: string[]] {
  const array: unknown = JSON.parse(instruction?.text.replace(/^CMD\s+/, '') ?? 'null')
  if (!Array.isArray(array) || !array.every((word) => typeof word === 'string')) throw new Error('Not in JSON form.')
  const [command, ...words] = array
  if (command === undefined) throw new Error('An empty command.')
  return [command, ...words]
}
