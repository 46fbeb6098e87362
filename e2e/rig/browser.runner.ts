import { type RunnerTestFile, TestRunner } from 'vitest'
import { browserMissing } from './browser.ts'

const NO_NAME = /(?!)/

/** Skips what needs a browser where there is none, hooks and all; browser.global-setup.ts says so, and fails in CI. */
export default class BrowserTestRunner extends TestRunner {
  override onCollectStart(file: RunnerTestFile): void {
    const isSkipped = browserMissing !== undefined && file.filepath.includes('/e2e/browser/')
    if (isSkipped) this.config.testNamePattern = NO_NAME
    super.onCollectStart(file)
  }
}
