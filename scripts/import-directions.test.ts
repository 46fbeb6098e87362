import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ICruiseResult } from 'dependency-cruiser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import configuration from '../.dependency-cruiser.mjs'

const ROOT = join(import.meta.dirname, '..')
const CHAT = 'backend/src/modules/chat/chat'

/** A tree in which every arrow is drawn the right way: what is reported below comes from the planted imports alone. */
const TREE: Readonly<Record<string, readonly string[]>> = {
  'protocol/src/index.ts': ['./event.ts', 'zod'],
  'protocol/src/event.ts': [],
  'sdk/src/index.ts': ['../../protocol/src/index.ts'],
  'frontend/src/main.tsx': ['./app/app.tsx'],
  'frontend/src/app/app.tsx': [
    './pages.tsx',
    '../features/chat/list.tsx',
    '../features/courses/page.tsx',
    '../ui/avatar.tsx',
  ],
  'frontend/src/features/chat/list.tsx': ['../../lectern/client.ts', '../../ui/avatar.tsx'],
  'frontend/src/features/courses/page.tsx': ['../../lectern/client.ts'],
  'sdk/src/classes/index.ts': ['../../../protocol/src/index.ts'],
  'frontend/src/lectern/client.ts': [
    '../../../sdk/src/index.ts',
    '../../../sdk/src/classes/index.ts',
    '../ui/avatar.tsx',
  ],
  'frontend/src/ui/avatar.tsx': ['react'],
  'e2e/chat.test.ts': ['../sdk/src/index.ts'],
  'bench/load.ts': ['../sdk/src/index.ts'],
  'backend/src/main.ts': ['./start-app.ts', './config/env.ts'],
  'backend/src/start-app.ts': ['./app.ts', './app/identity.ts'],
  'backend/src/app.ts': [
    './app/identity.ts',
    './modules/chat/chat.routes.ts',
    './modules/chat/chat.gateway.ts',
    './database/database.ts',
    './modules/courses/courses.service.ts',
  ],
  'backend/src/app/identity.ts': ['../modules/courses/courses.service.ts'],
  'backend/src/config/env.ts': ['../shared/clock.ts'],
  'backend/src/shared/clock.ts': [],
  'backend/src/access/actor.ts': ['../shared/clock.ts'],
  'backend/src/database/database.ts': ['kysely', 'better-sqlite3', '../shared/clock.ts'],
  'backend/src/http/bind.ts': ['express', '../access/actor.ts'],
  'backend/src/realtime/io.ts': ['socket.io', '../access/actor.ts'],
  [`${CHAT}.types.ts`]: ['../../access/actor.ts'],
  [`${CHAT}.routes.ts`]: ['./chat.controller.ts', '../../http/bind.ts', 'express'],
  [`${CHAT}.controller.ts`]: ['./chat.service.ts'],
  [`${CHAT}.gateway.ts`]: ['./chat.service.ts', '../../realtime/io.ts', 'socket.io'],
  [`${CHAT}.service.ts`]: ['./chat.repository.ts', './chat.types.ts'],
  [`${CHAT}.service.test.ts`]: ['./chat.service.ts', '../../realtime/io.ts', 'vitest'],
  [`${CHAT}.repository.ts`]: ['../../database/database.ts', './chat.types.ts', 'kysely'],
  'backend/src/modules/courses/courses.service.ts': ['../../access/actor.ts'],
  'backend/test/chat.test.ts': ['../src/app.ts', '../src/modules/courses/courses.service.ts'],
}

/** [rule, importing file, imported]; each importing file is new, so that nothing else can be what is reported. */
const PLANTED: readonly (readonly [rule: string, from: string, to: string])[] = [
  ['protocol-imports-no-workspace', 'protocol/src/a.ts', '../../backend/src/shared/clock.ts'],
  ['protocol-imports-no-workspace', 'protocol/src/b.ts', '../../sdk/src/index.ts'],
  ['protocol-runs-anywhere', 'protocol/src/c.ts', 'node:fs'],
  ['backend-imports-protocol-alone', 'backend/src/http/d.ts', '../../../sdk/src/index.ts'],
  ['backend-imports-protocol-alone', 'backend/test/e.test.ts', '../../frontend/src/ui/avatar.tsx'],
  ['sdk-imports-protocol-alone', 'sdk/src/f.ts', '../../backend/src/shared/clock.ts'],
  ['frontend-imports-sdk', 'frontend/src/g.ts', '../../backend/src/shared/clock.ts'],
  ['browsers-have-no-node', 'sdk/src/ba.ts', 'node:fs'],
  ['browsers-have-no-node', 'frontend/src/ui/bb.tsx', 'node:path'],
  ['browsers-load-no-zod', 'sdk/src/bc.ts', 'zod'],
  ['browsers-load-no-zod', 'frontend/src/lectern/bd.ts', 'zod'],
  ['frontend-main-is-imported-by-nobody', 'frontend/src/app/be.tsx', '../main.tsx'],
  ['frontend-app-is-imported-by-main', 'frontend/src/features/chat/bf.tsx', '../../app/app.tsx'],
  ['frontend-app-is-imported-by-main', 'frontend/src/ui/bg.tsx', '../app/app.tsx'],
  ['features-are-mounted-by-app', 'frontend/src/lectern/bh.ts', '../features/chat/list.tsx'],
  ['features-are-mounted-by-app', 'frontend/src/ui/bi.tsx', '../features/chat/list.tsx'],
  ['feature-imports-no-feature', 'frontend/src/features/chat/bj.tsx', '../courses/page.tsx'],
  ['feature-imports-no-feature', 'frontend/src/features/chat/bk.test.tsx', '../courses/page.tsx'],
  ['ui-knows-no-domain', 'frontend/src/ui/bl.tsx', '../lectern/client.ts'],
  ['ui-knows-no-domain', 'frontend/src/ui/bm.tsx', '../../../sdk/src/index.ts'],
  ['no-development-dependency-at-runtime', 'sdk/src/bn.ts', 'fast-check'],
  ['no-unresolvable', 'frontend/src/ui/bo.tsx', './nowhere.module.css'],
  ['no-tests-in-sources', 'frontend/src/features/chat/bp.tsx', './bk.test.tsx'],
  ['black-box-stays-outside', 'e2e/h.test.ts', '../backend/src/app.ts'],
  ['black-box-stays-outside', 'bench/i.ts', '../backend/src/shared/clock.ts'],
  ['workspace-through-its-entry', 'backend/src/http/j.ts', '../../../protocol/src/event.ts'],
  ['main-is-imported-by-nobody', 'backend/test/k.test.ts', '../src/main.ts'],
  ['app-parts-are-imported-by-app', 'backend/src/http/la.ts', '../app/identity.ts'],
  ['app-is-imported-by-entries', 'backend/src/http/l.ts', '../app.ts'],
  ['app-is-imported-by-entries', 'backend/src/http/lb.ts', '../start-app.ts'],
  ['modules-are-wired-by-app', 'backend/src/http/m.ts', '../modules/chat/chat.service.ts'],
  ['modules-are-wired-by-app', 'backend/src/realtime/n.ts', '../modules/chat/chat.types.ts'],
  ['module-imports-no-module', 'backend/src/modules/courses/o.ts', '../chat/chat.types.ts'],
  ['module-imports-no-module', 'backend/src/modules/courses/p.test.ts', '../chat/chat.service.ts'],
  ['routes-call-the-controller', `${CHAT}.routes.q.ts`, './chat.service.ts'],
  ['routes-call-the-controller', `${CHAT}.routes.r.ts`, '../../database/database.ts'],
  ['controller-calls-the-service', `${CHAT}.controller.s.ts`, './chat.repository.ts'],
  ['controller-calls-the-service', `${CHAT}.controller.t.ts`, '../../realtime/io.ts'],
  ['gateway-calls-the-service', `${CHAT}.gateway.u.ts`, './chat.repository.ts'],
  ['gateway-calls-the-service', `${CHAT}.gateway.v.ts`, './chat.controller.ts'],
  ['service-calls-the-repository', `${CHAT}.service.w.ts`, '../../database/database.ts'],
  ['service-calls-the-repository', `${CHAT}.service.x.ts`, '../../realtime/io.ts'],
  ['service-calls-the-repository', `${CHAT}.service.y.ts`, './chat.controller.ts'],
  ['service-knows-no-transport', `${CHAT}.service.z.ts`, 'express'],
  ['repository-calls-the-database', `${CHAT}.repository.aa.ts`, './chat.service.ts'],
  ['types-know-no-implementation', `${CHAT}.types.ab.ts`, './chat.service.ts'],
  ['database-stands-below', 'backend/src/database/ac.ts', '../realtime/io.ts'],
  ['access-knows-protocol-and-shared', 'backend/src/access/ad.ts', '../http/bind.ts'],
  ['shared-and-config-stand-at-the-bottom', 'backend/src/shared/ae.ts', '../access/actor.ts'],
  ['shared-and-config-stand-at-the-bottom', 'backend/src/shared/af.ts', '../config/env.ts'],
  ['shared-and-config-stand-at-the-bottom', 'backend/src/config/ag.ts', '../database/database.ts'],
  ['kysely-in-repositories', 'backend/src/modules/courses/ah.ts', 'kysely'],
  ['kysely-in-repositories', 'backend/src/http/ai.ts', 'better-sqlite3'],
  ['socket.io-in-gateways', 'backend/src/modules/courses/aj.ts', 'socket.io'],
  ['no-development-dependency-at-runtime', 'backend/src/http/ak.ts', 'fast-check'],
  ['no-unresolvable', 'backend/src/http/al.ts', './nowhere.ts'],
  ['no-tests-in-sources', 'backend/src/http/am.ts', '../../test/chat.test.ts'],
]

const CYCLE = ['backend/src/http/left.ts', 'backend/src/http/right.ts']
const DISPOSING = 'backend/src/modules/courses/disposing.ts'
const DEAD = {
  'no-dead-code': ['backend/src/http/dead.ts', './bind.ts'],
  'no-dead-code-in-sdk': ['sdk/src/dead.ts', './index.ts'],
  'no-dead-code-in-frontend': ['frontend/src/ui/dead.tsx', './avatar.tsx'],
} as const
/** A page that is loaded when it is opened. */
const LAZY = 'frontend/src/features/chat/lazy.tsx'
const ORPHAN = 'backend/src/http/alone.ts'

/** The directories are read as `npm run imports` reads them; a planted import is of a type, which is an import too. */
function cruise(folder: string, directories: readonly string[]): ICruiseResult {
  const arguments_ = [...directories, '--config', join(ROOT, '.dependency-cruiser.mjs'), '--output-type', 'json']
  const { stdout, stderr } = spawnSync(join(ROOT, 'node_modules/.bin/depcruise'), arguments_, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

async function plant(folder: string, file: string, imports: readonly string[]): Promise<void> {
  const path = join(folder, file)
  await mkdir(dirname(path), { recursive: true })
  const lines = imports.map(
    (target, index) => `import type * as i${index} from '${target}'\nexport type I${index} = typeof i${index}\n`,
  )
  await writeFile(path, `${lines.join('')}export {}\n`)
}

describe('the import directions', () => {
  let folder = ''
  let result: ICruiseResult

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'import-directions-'))
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
    await writeFile(join(folder, 'package.json'), '{ "dependencies": {} }')
    for (const workspace of ['backend', 'sdk']) {
      await mkdir(join(folder, workspace))
      await symlink(join(ROOT, workspace, 'package.json'), join(folder, workspace, 'package.json'))
    }
    for (const [file, imports] of Object.entries(TREE)) await plant(folder, file, imports)
    for (const [, from, to] of PLANTED) await plant(folder, from, [to])
    await plant(folder, CYCLE[0] ?? '', ['./right.ts'])
    await plant(folder, CYCLE[1] ?? '', ['./left.ts'])
    for (const [file, imported] of Object.values(DEAD)) await plant(folder, file, [imported])
    await plant(folder, LAZY, ['./list.tsx'])
    const pages = `import './app.css'\nexport const Page = lazy(() => import('../features/chat/lazy.tsx'))\nexport const page = <Page />\n`
    await writeFile(join(folder, 'frontend/src/app/pages.tsx'), pages)
    await writeFile(join(folder, 'frontend/src/app/app.css'), '')
    await writeFile(join(folder, 'frontend/src/vite-env.d.ts'), 'interface Window {}\n')
    await plant(folder, ORPHAN, [])
    const using = `await using connection = open(await import('../chat/chat.types.ts'))\nexport {}\n`
    await writeFile(join(folder, DISPOSING), using)
    result = cruise(folder, ['protocol', 'backend', 'sdk', 'frontend', 'e2e', 'bench'])
  })

  afterAll(() => rm(folder, { recursive: true, force: true }))

  const caught = (rule: string, from: string) =>
    result.summary.violations.some((violation) => violation.rule.name === rule && violation.from === from)

  it.each(PLANTED)('%s catches %s → %s', (rule, from) => {
    expect(caught(rule, from)).toBe(true)
  })

  it('catch an import in a file that declares with `using`', () => {
    expect(caught('module-imports-no-module', DISPOSING)).toBe(true)
  })

  it('no-cycles catches two files that import each other', () => {
    expect(CYCLE.some((file) => caught('no-cycles', file))).toBe(true)
  })

  it.each(Object.entries(DEAD))('%s catches a file that nothing comes by', (rule, [file]) => {
    expect(caught(rule, file)).toBe(true)
  })

  it('come by a page that is loaded when it is opened, in JSX too', () => {
    const untouched = [LAZY, 'frontend/src/app/pages.tsx', 'frontend/src/app/app.css', 'frontend/src/vite-env.d.ts']
    expect(
      result.summary.violations.filter(({ from, to }) => untouched.includes(from) || untouched.includes(to)),
    ).toEqual([])
  })

  it('no-orphans catches a file on its own', () => {
    expect(caught('no-orphans', ORPHAN)).toBe(true)
  })

  it('find nothing to object to in the arrows as they are drawn', () => {
    const allowed = new Set(Object.keys(TREE))
    expect(result.summary.violations.filter((violation) => allowed.has(violation.from))).toEqual([])
  })

  it('have no rule that is not proved here', () => {
    const proved = new Set([...PLANTED.map(([rule]) => rule), ...Object.keys(DEAD), 'no-cycles', 'no-orphans'])
    expect(configuration.forbidden?.map((rule) => rule.name).filter((name) => !proved.has(name ?? ''))).toEqual([])
  })
})

it('the check reads every source of the repository', () => {
  const sources = globSync(['{protocol,sdk,backend,frontend}/{src,test}/**/*.{ts,tsx}', '{e2e,bench}/**/*.ts'], {
    cwd: ROOT,
    exclude: (path) => path.endsWith('node_modules'),
  })
  const read = new Set(
    cruise(ROOT, ['protocol', 'sdk', 'backend', 'frontend', 'e2e', 'bench']).modules.map(({ source }) => source),
  )
  expect(sources.length).toBeGreaterThan(20)
  expect(sources.filter((file) => !read.has(file))).toEqual([])
})
