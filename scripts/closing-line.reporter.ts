import type { Reporter, SerializedError, TestModule } from 'vitest/node'

/** So many files that took longest are named: where a run's time goes. */
const SLOWEST = 12

/**
 * Prints `N passed, N failed, N skipped` as the last line of a run. What broke outside a test (a file that could not be
 * collected, a hook, an unhandled rejection, a run without tests) counts as failed: a red run never reads `0 failed`.
 * Above it `SLOW: seconds file` for those that took longest, and `FLAKY: file > test` for each test that passed only when it was tried again, and why it failed before.
 */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const lines = [...slowLines(modules), ...modules.flatMap(flakyLines), closingLine(modules, unhandledErrors.length)]
    // The other reporters write in the same turn; what is written when the process ends is below all of them.
    process.once('exit', () => process.stdout.write(`${lines.join('\n')}\n`))
  }
}

function slowLines(modules: readonly TestModule[]): string[] {
  return modules
    .map((module) => ({ file: module.relativeModuleId, ms: module.diagnostic().duration }))
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, modules.length > SLOWEST ? SLOWEST : 0)
    .map(({ file, ms }) => `SLOW: ${(ms / 1_000).toFixed(1)} s ${file}`)
}

/** The errors of a test that passed are those of its tries before. */
function flakyLines(module: TestModule): string[] {
  return [...module.children.allTests()]
    .filter((test) => test.diagnostic()?.flaky)
    .flatMap((test) => [
      `FLAKY: ${module.relativeModuleId} > ${test.fullName}`,
      ...(test.result().errors ?? []).map(({ message }) => indented(message)),
    ])
}

const indented = (text: string): string => text.replaceAll(/^/gm, '  ')

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
