import {
  FILE_CATEGORIES,
  type FILE_ROUTES,
  type FileRecord,
  LIMITS,
  toDetails,
  type UploadFields,
  type UploadResult,
  uploadFields,
} from '@lectern/protocol'
import type { UserActor } from '../../../access/actor.ts'
import type { RouteHandlers } from '../../../http/route-binder.types.ts'
import { AppError, invalid } from '../../../shared/errors.ts'
import type { Logger } from '../../../shared/logger.ts'
import { originalNameOf } from '../content/names.ts'
import type { StoredFile } from '../files.records.types.ts'
import type { FileSettings } from '../files.types.ts'
import { type FormFile, FormUploads, type ReceivedFile } from './form-uploads.ts'
import { type ReadForm, readForm } from './multipart.ts'
import type { Intake } from './upload.types.ts'

export interface UploadControllerPorts {
  readonly intake: Intake
  readonly settings: Pick<FileSettings, 'maxFileSize'>
  readonly toRecord: (file: StoredFile) => FileRecord
  readonly logger: Logger
}

type UploadHandlers = Pick<RouteHandlers<typeof FILE_ROUTES>, 'uploadFile' | 'uploadFiles'>

const LARGEST = Math.max(...Object.values(FILE_CATEGORIES).map(({ maxBytes }) => maxBytes))

export function uploadHandlers(ports: UploadControllerPorts): UploadHandlers {
  const { intake, settings, toRecord } = ports
  const maxFileBytes = Math.min(LARGEST, settings.maxFileSize ?? LARGEST)
  return {
    uploadFile: async ({ actor, request, response }) => {
      const uploads = new FormUploads(intake, actor)
      const shape = { field: 'file', maxFiles: 1, maxFileBytes, receive: uploads.receive }
      const { files, fields } = await uploads.whole(async () =>
        checked(await readForm(request, response, shape), shape),
      )
      return { data: toRecord(await intake.accept(actor, { ...files[0], fields })) }
    },
    uploadFiles: async ({ actor, request, response }) => {
      const uploads = new FormUploads(intake, actor)
      const shape = { field: 'files', maxFiles: LIMITS.filesPerUpload, maxFileBytes, receive: uploads.receiveOrTell }
      const { files, fields } = await uploads.whole(async () =>
        checked(await readForm(request, response, shape), shape),
      )
      const data = await acceptEach(ports, actor, files, fields)
      const wait = data.failed.find(({ error }) => error.code === 'RATE_LIMITED')?.error.details?.['retry_after_ms']
      if (typeof wait === 'number') response.setHeader('Retry-After', String(Math.ceil(wait / 1000)))
      return { data }
    },
  }
}

/** @throws AppError `VALIDATION_FAILED` for a form without a file, or with fields that are wrong */
function checked<Received>(form: ReadForm<Received>, { field }: { field: string }) {
  const [first, ...others] = form.files
  if (first === undefined) {
    throw invalid('The form bears no file.', { issues: [{ path: field, message: 'required' }] })
  }
  const fields = uploadFields.safeParse(form.fields)
  if (!fields.success) throw invalid('The request is not valid.', toDetails(fields.error))
  return { files: [first, ...others] as const, fields: fields.data }
}

/** One after the other: those that make a folder find it made. @throws AppError the first file's, where none is good */
async function acceptEach(
  { intake, toRecord, logger }: UploadControllerPorts,
  actor: UserActor,
  files: readonly [FormFile, ...FormFile[]],
  fields: UploadFields,
): Promise<UploadResult> {
  const uploaded: FileRecord[] = []
  const failed: { originalName: string; error: AppError }[] = []
  const accept = async (file: ReceivedFile) => {
    try {
      uploaded.push(toRecord(await intake.accept(actor, { ...file, fields })))
    } catch (error) {
      if (!(error instanceof AppError)) logger.error({ err: error, user_id: actor.userId }, 'upload failed')
      failed.push({ originalName: file.originalName, error: error instanceof AppError ? error : internal() })
    }
  }
  for (const file of files) {
    if (file.error === undefined) await accept(file)
    else failed.push(file)
  }
  const [first] = failed
  if (uploaded.length === 0 && first !== undefined) throw first.error
  return {
    uploaded,
    failed: failed.map(({ originalName, error }) => ({
      original_name: originalNameOf(originalName),
      error: error.toWire(),
    })),
  }
}

const internal = () => new AppError('INTERNAL', 'Something went wrong on the server.')
