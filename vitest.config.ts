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
  globalSetup: ['./e2e/rig/browser.global-setup.ts', './e2e/rig/build.global-setup.ts'],
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

/** Whose subject is the database: in CI they run on Postgres too, and each query of a repository with them. */
const SUBJECT_IS_DATABASE = [
  'backend/test/database-port.test.ts',
  'backend/src/modules/{chat,courses,files}/*.repository*.test.ts',
  'backend/src/modules/webrtc/attendance.repository.test.ts',
  'backend/src/modules/courses/{accounts,courses,enrolments,users}.service.test.ts',
  'backend/src/modules/courses/{authenticator,first-run,sign-in}.test.ts',
  'backend/test/chat/{changes,client-id,joining,messages,order,reconnection,rest}.test.ts',
  'backend/test/classes/{attendance,attendance-verify,class-commit,joining,lifecycle}.test.ts',
  'backend/test/files/{access,listing,management,messages,signed-urls}.test.ts',
  'backend/test/property/*.test.ts',
  'backend/test/postgres/*.test.ts',
]

/** With `npm run test:postgres` all of the server's run on it, but those that are SQLite's by their nature: */
const OF_SQLITE = [
  // its file, its threads, its lock, its migrations, its backup, the restart over its file,
  'backend/src/database/**',
  'backend/test/{backup,database,database-process}.test.ts',
  'backend/test/crash/crash.test.ts',
  // the plan of its query, and its rows altered by whoever has the file (backend/test/postgres has the same of Postgres),
  'backend/src/modules/webrtc/{attendance.repository.sqlite,evidence.repository.verify}.test.ts',
  // what the process says before it has a database, the demo, which is on the embedded one alone, and memory that no
  // database has a part in.
  'backend/test/{demo,server-process}.test.ts',
  'backend/test/chat/bad-memory.test.ts',
]
const onPostgres =
  process.env['LECTERN_TEST_ON_POSTGRES'] === 'all' ? ['backend/{src,test}/**/*.test.ts'] : SUBJECT_IS_DATABASE

/** In CI it is there, or the tests fail. */
const withPostgres = postgresPrograms() !== undefined || Boolean(process.env['CI'])
if (!withPostgres) {
  process.stderr.write(
    '── PostgreSQL is not installed: NOTHING IS TESTED ON IT. scripts/install-test-tools.sh installs it.\n',
  )
}

export default defineConfig({
  // The workspaces are their sources here, as in `npm run dev`: only what is tested from outside needs a build.
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
                include: onPostgres,
                exclude: OF_SQLITE,
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
          globalSetup: ['./e2e/rig/build.global-setup.ts'],
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
