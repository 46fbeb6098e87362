import { API_BASE, failure } from '@lectern/protocol'
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi'

// Requests of another protocol: their input is in headers, which no table of ours describes.

type Parameter = Extract<NonNullable<ZodOpenApiOperationObject['parameters']>[number], { in: string }>

const header = (name: string, description: string, required = true): Parameter => ({
  in: 'header',
  name,
  description,
  required,
  schema: { type: 'string' },
})

const VERSION = header('Tus-Resumable', '`1.0.0`')
const UPLOAD: Parameter = {
  in: 'path',
  name: 'id',
  description: 'Of the upload: the end of its `Location`.',
  required: true,
  schema: { type: 'string' },
}

const headers = (described: Readonly<Record<string, string>>) => ({
  headers: Object.fromEntries(
    Object.entries(described).map(([name, description]) => [
      name,
      { description, schema: { type: 'string' } as const },
    ]),
  ),
})

/** Statuses of the protocol, in the envelope of every other answer. */
const refusals = (described: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries({ ...described, 401: 'There is no valid token.', 412: 'Another version of the protocol.' }).map(
      ([status, description]) => [status, { description, content: { 'application/json': { schema: failure } } }],
    ),
  )

const BODY = {
  content: { 'application/offset+octet-stream': { schema: { type: 'string', format: 'binary' } as const } },
}
const LAST = { 'Upload-Offset': 'Bytes that are there.', 'File-Id': 'Of the file, once all have come.' }
const EXPIRES = { 'Upload-Expires': 'Until when it waits for the rest.' }
const GONE = { 404: 'No upload of the caller, or no more.' }

const common = { tags: ['Files'], security: [{ token: [] }, { cookie: [] }] }

/** `/files/tus`, which speaks tus 1.0. */
export const TUS_PATHS: ZodOpenApiPathsObject = {
  [`${API_BASE}/files/tus`]: {
    options: {
      ...common,
      operationId: 'describeTus',
      summary: 'What is spoken: versions, extensions, the largest size',
      security: [],
      responses: {
        204: {
          description: 'Done.',
          ...headers({
            'Tus-Version': 'Versions.',
            'Tus-Extension': 'Extensions.',
            'Tus-Checksum-Algorithm': 'Of `Upload-Checksum`.',
            'Tus-Max-Size': 'Bytes.',
          }),
        },
      },
    },
    post: {
      ...common,
      operationId: 'beginTusUpload',
      summary: 'Begin a resumable upload, with its first bytes or without',
      description: 'May: Who may add to the folder; a name that is not there is made a folder.',
      parameters: [
        VERSION,
        header('Upload-Length', 'Bytes of the file, which are held of the quota.'),
        header('Upload-Metadata', '`filename`, `folder`, `category?`, `course_id?`, `description?`, each in Base64.'),
      ],
      requestBody: { required: false, ...BODY },
      responses: {
        201: { description: 'Made.', ...headers({ Location: 'The path of the upload.', ...EXPIRES, ...LAST }) },
        ...refusals({
          400: 'A header is missing or cannot be read.',
          403: 'The caller may not add to the folder.',
          404: 'The caller is a stranger to the course or the folder.',
          413: 'Larger than its kind may be.',
          415: 'A name of no kind that is taken.',
          429: 'Too many uploads.',
          507: 'The quota, or the disk, is full.',
        }),
      },
    },
  },
  [`${API_BASE}/files/tus/{id}`]: {
    head: {
      ...common,
      operationId: 'getTusUpload',
      summary: 'How far an upload is',
      description: 'May: Who began it.',
      parameters: [UPLOAD, VERSION],
      responses: {
        200: {
          description: 'Done.',
          ...headers({ 'Upload-Length': 'Bytes.', 'Upload-Metadata': 'As it began.', ...EXPIRES, ...LAST }),
        },
        ...refusals(GONE),
      },
    },
    patch: {
      ...common,
      operationId: 'appendToTusUpload',
      summary: 'Send bytes; the last ones make the file',
      description: 'May: Who began it.',
      parameters: [
        UPLOAD,
        VERSION,
        header('Upload-Offset', 'Bytes that are there.'),
        header('Upload-Checksum', '`sha1`, `sha256` or `md5`, and the Base64 of the digest of this body.', false),
      ],
      requestBody: { required: true, ...BODY },
      responses: {
        204: { description: 'Done.', ...headers({ ...LAST, ...EXPIRES }) },
        ...refusals({
          ...GONE,
          400: 'A header is missing or cannot be read.',
          409: 'Another offset.',
          413: 'More than was said.',
          415: 'The bytes are no file of its name, or another content type.',
          423: 'Another request is writing to it.',
          429: 'Too many at once.',
          460: 'Another checksum: nothing of it was taken.',
          507: 'The disk is full.',
        }),
      },
    },
    delete: {
      ...common,
      operationId: 'endTusUpload',
      summary: 'End an upload; nothing of it stays',
      description: 'May: Who began it.',
      parameters: [UPLOAD, VERSION],
      responses: { 204: { description: 'Done.' }, ...refusals(GONE) },
    },
  },
}
