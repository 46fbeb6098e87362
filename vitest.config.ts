import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { postgresPrograms } from './backend/test/harness/postgres-programs.ts'
import LongestFirstSequencer from './scripts/longest-first.sequencer.ts'

/** Each test of it has a server process of its own, and many have a browser as well, on a machine that may be busy. */
const WHOLE = { testTimeout: 120_000, hookTimeout: 120_000 }

/**
 * What a browser shows is not always there at the same moment. In CI one more try is made, so that one hiccup loses no
 * run; the closing line's reporter names each test that needed it.
 */
const IN_BROWSER = {
  ...WHOLE,
  globalSetup: ['./e2e/rig/browser.global-setup.ts'],
  runner: './e2e/rig/browser.runner.ts',
  retry: process.env['CI'] ? 1 : 0,
}

/** What has the machine to itself: it measures, or fills it. */
const ALONE = [
  'e2e/browser/scrolling.test.ts',
  'e2e/browser/classroom*.test.ts',
  'e2e/browser/seed-webrtc.test.ts',
  'bench/**/*.test.ts',
  'scripts/bundle-size.test.ts',
]

/**
 * Node loads the same thousand modules in each worker, in each thread of a server, in each script: it compiles them once.
 * Coverage turns it off.
 */
const COMPILED_ONCE = { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/compiled') }

/** What needs no page of ours, in one group, so that neither core is left idle at the end of each kind. */
const WITHOUT_PAGES = { maxWorkers: 2, sequence: { groupOrder: 0 } }

/** Whose subject is the database: they run on Postgres too. */
const ON_POSTGRES = [
  'backend/test/database-port.test.ts',
  'backend/src/modules/{chat,courses,files}/*.repository*.test.ts',
  'backend/src/modules/webrtc/attendance.repository.test.ts',
  'backend/src/modules/courses/{accounts,courses,enrolments,users}.service.test.ts',
  'backend/test/chat/{changes,client-id,joining,messages,order,reconnection,rest}.test.ts',
  'backend/test/classes/{attendance,class-commit,joining,lifecycle}.test.ts',
  'backend/test/files/{access,listing,management}.test.ts',
  'backend/test/property/*.test.ts',
  'backend/test/postgres/*.test.ts',
]

/** In CI it is there, or the tests fail. */
const withPostgres = postgresPrograms() !== undefined || Boolean(process.env['CI'])
if (!withPostgres) {
  process.stderr.write(
    '── PostgreSQL is not installed: NOTHING IS TESTED ON IT. scripts/install-test-tools.sh installs it.\n',
  )
}

export default defineConfig({
  // The workspaces are their sources here, as in `npm run dev`: only what a browser opens needs a build.
  resolve: { conditions: ['source', 'module', 'node', 'development|production'] },
  ssr: {
    resolve: {
      conditions: ['source', 'module', 'node', 'development|production'],
      externalConditions: ['source', 'node'],
    },
  },
  test: {
    exclude: ['**/node_modules/**', '**/dist/**'],
    pool: 'forks',
    // Worker threads that a test starts inherit it: they are plain Node, and strip types themselves.
    execArgv: ['--conditions=source'],
    env: COMPILED_ONCE,
    setupFiles: ['./scripts/keep-compiled.setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
    reporters: ['default', './scripts/closing-line.reporter.ts'],
    sequence: { sequencer: LongestFirstSequencer },
    // One group after the other.
    projects: [
      {
        extends: true,
        test: {
          ...WITHOUT_PAGES,
          name: 'unit',
          include: ['{protocol,sdk,backend,frontend,scripts}/**/*.test.{ts,tsx}'],
          exclude: ['scripts/bundle-size.test.ts', 'backend/test/postgres/**'],
          globalSetup: ['./backend/test/harness/compiled.global-setup.ts'],
        },
      },
      ...(withPostgres
        ? [
            {
              extends: true as const,
              test: {
                ...WITHOUT_PAGES,
                name: 'postgres',
                include: ON_POSTGRES,
                globalSetup: ['./backend/test/harness/postgres.global-setup.ts'],
              },
            },
          ]
        : []),
      {
        extends: true,
        test: {
          ...WHOLE,
          ...WITHOUT_PAGES,
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          exclude: ['e2e/browser/**'],
          globalSetup: ['./backend/test/harness/compiled.global-setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          ...IN_BROWSER,
          name: 'browser',
          include: ['e2e/browser/**/*.test.ts'],
          exclude: ALONE,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          ...IN_BROWSER,
          name: 'alone',
          include: ALONE,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
