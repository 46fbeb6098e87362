import type { Reporter, SerializedError, TestModule } from 'vitest/node'

/**
 * Prints `N passed, N failed, N skipped` as the last line of a run. What broke outside a test (a file that could not be
 * collected, a hook, an unhandled rejection, a run without tests) counts as failed: a red run never reads `0 failed`.
 */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const line = closingLine(modules, unhandledErrors.length)
    // The other reporters write in the same turn; what is written when the process ends is below all of them.
    process.once('exit', () => process.stdout.write(`${line}\n`))
  }
}

function closingLine(modules: readonly TestModule[], unhandledErrors: number): string {
  const counts = { passed: 0, failed: unhandledErrors, skipped: 0 }
  for (const module of modules) {
    const failedBefore = counts.failed
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      counts[state === 'pending' ? 'failed' : state] += 1
    }
    if (!module.ok() && counts.failed === failedBefore) counts.failed += 1
  }
  if (modules.length === 0 && counts.failed === 0) counts.failed = 1
  return `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`
}
