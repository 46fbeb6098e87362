import { relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Seconds of the files that take longest on two cores, as a run's closing lines tell them, roughly.
 * In a clean clone nothing else is known of them, and a long one that begins last leaves the other core idle.
 */
export const LONGEST: Readonly<Record<string, number>> = {
  'e2e/hostile/hostile.test.ts': 198,
  'e2e/browser/accessibility.test.ts': 105,
  'e2e/browser/attachments.test.ts': 95,
  'e2e/browser/classes.test.ts': 90,
  'e2e/browser/talking.test.ts': 85,
  'bench/benchmarks.test.ts': 70,
  'e2e/browser/files-previews.test.ts': 70,
  'e2e/browser/course-life.test.ts': 65,
  'e2e/browser/files.test.ts': 65,
  'e2e/browser/files-serving.test.ts': 63,
  'scripts/dockerfile.test.ts': 65,
  'e2e/browser/offline.test.ts': 54,
  'e2e/browser/languages.test.ts': 53,
  'e2e/sdk/files.test.ts': 51,
  'backend/test/backup.test.ts': 50,
  'backend/test/crash/crash.test.ts': 44,
  'e2e/sdk/room.test.ts': 43,
  'backend/test/server-process.test.ts': 41,
  'e2e/sdk/delivery.test.ts': 40,
  'backend/test/chat/bad-memory.test.ts': 38,
  'backend/test/property/chat.property.test.ts': 37,
  'backend/test/files/upload-form.test.ts': 37,
  'backend/test/property/classes.property.test.ts': 34,
  'scripts/start.test.ts': 33,
  'backend/test/files/upload-tus.test.ts': 33,
  'e2e/sdk/connection.test.ts': 33,
  'backend/test/crash/files.test.ts': 31,
}

/** Within a group, whatever project they are of, the longest files begin first; the others follow as Vitest has them. */
export default class LongestFirstSequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.toSorted((a, b) => groupOf(a) - groupOf(b) || secondsOf(b) - secondsOf(a))
  }
}

const groupOf = ({ project }: TestSpecification): number => project.config.sequence.groupOrder
const secondsOf = ({ moduleId, project }: TestSpecification): number =>
  LONGEST[relative(project.vitest.config.root, moduleId)] ?? 0
