import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const run = promisify(execFile)
const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const E2E = fileURLToPath(new URL('../', import.meta.url))
const IMPORT = /^import .*$/gm

/** The examples of docs/client.md in the order of reading: a later one goes on with what the first ones made. */
async function program(): Promise<string> {
  const text = await readFile(join(ROOT, 'docs/client.md'), 'utf8')
  const examples = [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code)
  expect(examples.length).toBeGreaterThan(3)
  const imports = new Set(examples.flatMap((code) => code.match(IMPORT) ?? []))
  const names = [...imports].flatMap((line) => /\{(.*)\}/.exec(line)?.[1]?.split(',') ?? []).map((name) => name.trim())
  const bodies = examples.map((code) => code.replaceAll(IMPORT, ''))
  const isAnother = (body: string, at: number) => at > 0 && body.includes('const client =')
  const scoped = bodies.map((body, at) => (isAnother(body, at) ? `{\n${body}}\n` : body))
  return `import { ${[...new Set(names)].join(', ')} } from '@lectern/client'\n${scoped.join('')}`
}

it('the examples of docs/client.md are of the types that the client has', async () => {
  // Where their import finds the package, and the compiler its settings.
  const directory = await mkdtemp(join(E2E, 'docs-'))
  try {
    await writeFile(join(directory, 'examples.ts'), await program())
    const settings = {
      extends: '../tsconfig.json',
      compilerOptions: { noUnusedLocals: false },
      include: ['examples.ts'],
    }
    await writeFile(join(directory, 'tsconfig.json'), JSON.stringify(settings))
    await run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', directory]).catch(
      ({ stdout }: { stdout: string }) => expect.fail(stdout),
    )
  } finally {
    await rm(directory, { recursive: true })
  }
})
