import { defineConfig } from 'vitest/config'

/** Each test of it has a server process of its own, and many have a browser as well. */
const WHOLE = { testTimeout: 60_000, hookTimeout: 60_000 }

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
    testTimeout: 20_000,
    hookTimeout: 20_000,
    teardownTimeout: 10_000,
    reporters: ['default', './scripts/closing-line.reporter.ts'],
    // One group after the other: what measures a browser has the machine to itself.
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{protocol,sdk,backend,frontend,scripts}/**/*.test.{ts,tsx}'],
          exclude: ['scripts/bundle-size.test.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          ...WHOLE,
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          exclude: ['e2e/browser/**'],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          ...WHOLE,
          name: 'browser',
          include: ['e2e/browser/**/*.test.ts', 'bench/**/*.test.ts', 'scripts/bundle-size.test.ts'],
          globalSetup: ['./e2e/rig/browser.global-setup.ts'],
          runner: './e2e/rig/browser.runner.ts',
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
