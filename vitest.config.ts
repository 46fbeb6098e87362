import { defineConfig } from 'vitest/config'

export default defineConfig({
  // `@lectern/protocol` is its source here, as in `npm run dev`; a build is not needed to run the tests.
  resolve: { conditions: ['source', 'module', 'node', 'development|production'] },
  ssr: {
    resolve: {
      conditions: ['source', 'module', 'node', 'development|production'],
      externalConditions: ['source', 'node'],
    },
  },
  test: {
    include: ['{protocol,backend,scripts}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    pool: 'forks',
    // Worker threads that a test starts inherit it: they are plain Node, and strip types themselves.
    execArgv: ['--conditions=source'],
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    teardownTimeout: 10_000,
    reporters: ['default', './scripts/closing-line.reporter.ts'],
  },
})
