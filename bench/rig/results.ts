import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { cpus, release, totalmem } from 'node:os'
import { type Benchmark, type Figure, reached } from './benchmark.ts'

const RESULTS = new URL('../results/', import.meta.url)
const TABLE = new URL('../RESULTS.md', import.meta.url)

interface Result {
  readonly name: string
  readonly about: string
  readonly command: string
  readonly date: string
  readonly machine: string
  readonly versions: string
  readonly figures: readonly Figure[]
}

const machine = (): string => {
  const [first] = cpus()
  return `${cpus().length} × ${first?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`
}

const version = async (): Promise<string> => {
  const { version }: { version: string } = JSON.parse(
    await readFile(new URL('../../package.json', import.meta.url), 'utf8'),
  )
  return version
}

/** Keeps what a run found, and writes the table of the latest run of each. */
export async function keepResult({ name, about }: Benchmark, figures: readonly Figure[]): Promise<void> {
  const result: Result = {
    name,
    about,
    command: `npm run bench ${name}`,
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    versions: `Lectern ${await version()}, Node ${process.versions.node}`,
    figures,
  }
  await mkdir(RESULTS, { recursive: true })
  await writeFile(new URL(`${name}.json`, RESULTS), `${JSON.stringify(result, null, 2)}\n`)
  await writeFile(TABLE, await table())
}

async function table(): Promise<string> {
  const names = (await readdir(RESULTS)).filter((file) => file.endsWith('.json')).sort()
  const results = await Promise.all(
    names.map(async (file): Promise<Result> => JSON.parse(await readFile(new URL(file, RESULTS), 'utf8'))),
  )
  return `# Benchmarks

Written by \`npm run bench\`. A ratio compares with a peer in the same run, rounds alternating, medians of them; it is
what to trust: the machines differ.

${results.map(section).join('\n')}`
}

const section = ({ name, about, command, date, machine, versions, figures }: Result): string => `## ${name}

${about} \`${command}\`, ${date}, ${versions}, ${machine}.

| what | Lectern | peer | | to reach |
| --- | ---: | ---: | ---: | --- |
${figures.map(row).join('\n')}
`

function row(figure: Figure): string {
  const { what, ours, peer, unit, value, target } = figure
  const compared = peer === undefined ? '' : `${readable(value)} ×`
  const aim =
    target === undefined ? '' : 'atLeast' in target ? `≥ ${readable(target.atLeast)}` : `≤ ${readable(target.atMost)}`
  const mark = { true: ' ✓', false: ' ✗', undefined: '' }[String(reached(figure))] ?? ''
  return `| ${what} | ${readable(ours)} ${unit} | ${peer === undefined ? '' : `${readable(peer)} ${unit}`} | ${compared} | ${aim}${mark} |`
}

const readable = (value: number): string => String(Number(value.toPrecision(3)))
