import type { Readable } from 'node:stream'
import type { Request, Response } from 'express'
import multer, { type StorageEngine } from 'multer'
import { allowSlowBody, drainBody } from '../../../http/slow-body.ts'
import { type AppError, invalid } from '../../../shared/errors.ts'
import { tooLarge } from './staging-sink.ts'

export interface FormShape<Received> {
  /** The field that bears files; no other may. */
  readonly field: string
  readonly maxFiles: number
  /** Bytes of the largest file. */
  readonly maxFileBytes: number
  /** Takes a file's bytes. What it throws ends the form: the caller hears of it while the rest of the body still comes. */
  receive(source: Readable, originalName: string, sureBytes: number): Promise<Received>
}

export interface ReadForm<Received> {
  /** As they came; none of it is believed yet. */
  readonly fields: unknown
  /** In the order of the form. */
  readonly files: readonly Received[]
}

/** All that a form holds beside its files: parts' headers and boundaries, and fields, which `FIELDS` bound. */
const BESIDE_FILES = 1_048_576
/** A field that nobody knows is ignored; the longest that somebody does is the description, of 2,000 characters. */
const FIELDS = { fields: 100, parts: 200, fieldSize: 8192, fieldNameSize: 100, headerPairs: 20 }
/** Of a file's stream: what the disk is behind, beside the sink's own blocks. */
const WAITING_BYTES = 131_072

/**
 * Reads a `multipart/form-data` body, its parts in any order. On an error it rejects at once; `receive` may be under
 * way then.
 * @throws AppError `VALIDATION_FAILED`, `PAYLOAD_TOO_LARGE`; what `receive` throws
 */
export async function readForm<Received>(
  request: Request,
  response: Response,
  shape: FormShape<Received>,
): Promise<ReadForm<Received>> {
  if (!request.is('multipart/form-data')) throw invalid('Expected a form, with Content-Type: multipart/form-data.')
  const sureBytes = Number(request.headers['content-length'] ?? 0) - BESIDE_FILES
  allowSlowBody(request)
  try {
    if (sureBytes > shape.maxFiles * shape.maxFileBytes) throw tooLarge(shape.maxFileBytes)
    return await parse(request, response, shape, shape.maxFiles === 1 ? sureBytes : 0)
  } catch (error) {
    drainBody(request)
    throw error
  }
}

async function parse<Received>(
  request: Request,
  response: Response,
  shape: FormShape<Received>,
  sureBytes: number,
): Promise<ReadForm<Received>> {
  const received: Promise<Received>[] = []
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const engine = engineOf((source, originalName) => {
    const receiving = shape.receive(source, originalName, sureBytes)
    received.push(receiving)
    receiving.catch(reject)
    return receiving
  })
  const options = { storage: engine, fileFilter: partFilter(shape, reject), limits: FIELDS, preservePath: true }
  const read = multer({ ...options, ...CHARSETS }).any()
  await read(request, response, (error: unknown) => (error ? reject(unreadable(error)) : resolve()))
  await promise
  return { fields: request.body, files: await Promise.all(received) }
}

/** HTML's forms are sent in UTF-8; `filename*` says for itself what it is in. */
const CHARSETS = { defParamCharset: 'utf8', defCharset: 'utf8', fileHwm: WAITING_BYTES }

function engineOf(receive: (source: Readable, originalName: string) => Promise<unknown>): StorageEngine {
  return {
    _handleFile: (_request, { stream, originalname }, done) => {
      receive(stream, originalname)
        // What nobody has read of a file must flow away, for the next part to come.
        .finally(() => stream.resume())
        .then(
          () => done(null, {}),
          (error: unknown) => done(error),
        )
    },
    // Whoever received a file removes it.
    _removeFile: (_request, _file, done) => done(null),
  }
}

/** Multer would tell of a file too many when all of them have come. */
function partFilter<Received>(
  shape: FormShape<Received>,
  reject: (error: unknown) => void,
): NonNullable<multer.Options['fileFilter']> {
  let files = 0
  return (_request, file, accept) => {
    const problem = file.fieldname === shape.field ? tooMany(++files, shape) : `a file in ${file.fieldname}`
    if (problem === undefined) return accept(null, true)
    const error = invalid('The form is not valid.', { issues: [{ path: shape.field, message: problem }] })
    reject(error)
    accept(error)
  }
}

const tooMany = (files: number, { maxFiles }: { maxFiles: number }): string | undefined =>
  files > maxFiles ? `more than ${maxFiles} files` : undefined

function unreadable(error: unknown): AppError {
  const reason = error instanceof multer.MulterError ? { reason: error.code } : undefined
  return invalid('The form cannot be read.', reason)
}
