import { FILE_RECORD_ROUTES, type FolderRecord, type FolderVisibility } from '@lectern/protocol'
import type { BrowserOptions, Person } from '../rig/browser.ts'
import { redPdf } from '../rig/media.ts'
import { restOf } from '../rig/rest.ts'
import type { Account, OwnCourse } from '../rig/school.ts'
import { upload } from '../rig/upload.ts'
import type { DeviceFile } from './pages/transfer.ts'
import { type Classroom, openStage, type Stage } from './stage.ts'

/** Of each person: room for the largest file of these tests, and little more. */
const QUOTA = 8_500_000

export interface FilesStage extends AsyncDisposable, Pick<Stage, 'server' | 'browser' | 'enter'> {
  /** A folder, and the path of its page. */
  folderOf(
    by: Account,
    course: OwnCourse,
    name: string,
    visibility: FolderVisibility,
  ): Promise<FolderRecord & { readonly at: string }>
  /** A classroom of a teacher and two students. */
  three(title: string): Promise<Classroom & { readonly an: Account; readonly binh: Account }>
  add(by: Account, folder: string, name: string, bytes: Buffer<ArrayBuffer>): Promise<unknown>
  namesIn(by: Account, folder: string): Promise<string[]>
}

export async function openFilesStage(options: BrowserOptions = {}): Promise<FilesStage> {
  const stage = await openStage({ QUOTA_BYTES: String(QUOTA) }, options)
  const { server, browser, enter } = stage
  return {
    server,
    browser,
    enter,
    async folderOf(by, course, name, visibility) {
      const body = { name, visibility, course_id: course.id }
      const { data } = await restOf(server.url, by.token)(FILE_RECORD_ROUTES.createFolder, { body })
      return { ...data, at: `/courses/${course.id}/files/${data.id}` }
    },
    async three(title) {
      const classroom = await stage.classroom(title)
      const [an, binh] = classroom.students
      if (an === undefined || binh === undefined) throw new Error('The classroom has two students.')
      return { ...classroom, an, binh }
    },
    add: (by, folder, name, bytes) => upload({ url: server.url, token: by.token }, { name, bytes, folder }),
    async namesIn(by, folder) {
      const { data } = await restOf(server.url, by.token)(FILE_RECORD_ROUTES.listFiles, { params: { folder } })
      return data.map(({ filename }) => filename)
    },
    [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose](),
  }
}

export const pdf = (name: string): DeviceFile => ({ name, mimeType: 'application/pdf', buffer: redPdf() })

/** The name under which the browser saves what the act makes it download. */
export async function downloaded({ page }: Person, act: () => Promise<unknown>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), act()])
  return download.suggestedFilename()
}
