import { toDetails, type UploadFields, uploadFields } from '@lectern/protocol'
import { Metadata } from '@tus/server'
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
export function readMetadata(header: string): TusMetadata {
  const { filename, ...rest } = parsed(header)
  if (filename === undefined || filename === null || filename === '') {
    throw invalid('The request is not valid.', { issues: [{ path: 'filename', message: 'required' }] })
  }
  const fields = uploadFields.safeParse(rest)
  if (!fields.success) throw invalid('The request is not valid.', toDetails(fields.error))
  return { filename, fields: fields.data }
}

function parsed(header: string): Record<string, string | null> {
  try {
    return Metadata.parse(header)
  } catch (cause) {
    throw Object.assign(invalid('Upload-Metadata cannot be read.'), { cause })
  }
}
