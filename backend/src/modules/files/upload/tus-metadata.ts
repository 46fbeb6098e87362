import { toDetails, type UploadFields, uploadFields } from '@lectern/protocol'
import { invalid } from '../../../shared/errors.ts'

export interface TusMetadata {
  readonly filename: string
  readonly fields: UploadFields
}

/**
 * What a resumable upload is begun with: `filename`, and the fields of a form.
 * @param header `Upload-Metadata`: names with Base64 values, between commas
 * @throws AppError `VALIDATION_FAILED`
 */
export async function readMetadata(header: string): Promise<TusMetadata> {
  const { filename, ...rest } = await parsed(header)
  if (filename === undefined || filename === null || filename === '') {
    throw invalid('The request is not valid.', { issues: [{ path: 'filename', message: 'required' }] })
  }
  const fields = uploadFields.safeParse(rest)
  if (!fields.success) throw invalid('The request is not valid.', toDetails(fields.error))
  return { filename, fields: fields.data }
}

async function parsed(header: string): Promise<Record<string, string | null>> {
  const { Metadata } = await import('@tus/server')
  try {
    return Metadata.parse(header)
  } catch (cause) {
    throw Object.assign(invalid('Upload-Metadata cannot be read.'), { cause })
  }
}
