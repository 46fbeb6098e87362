import { DetailedError, type HttpRequest, type HttpResponse, Upload } from 'tus-js-client'
import type { Clock } from '../../clock.ts'
import type { Credential } from '../../credentials.ts'
import { LecternError } from '../../errors.ts'
import { BlobSource, Unreadable } from './blob-source.ts'
import { nextChunkSize } from './chunk-size.ts'
import { toLecternError } from './tus-error.ts'

/** Nothing has left, and nothing was answered, for so long: the connection is dead, and nobody says so. */
const STALL_MS = 60_000

export interface SendPorts {
  /** Of the tus server, absolute. */
  readonly endpoint: string
  /** Asked before each request. @throws LecternError */
  readonly credential: () => Promise<Credential>
  readonly clock: Clock
}

export interface Sending {
  readonly file: Blob
  /** `Upload-Metadata` of the creation. */
  readonly metadata: Record<string, string>
  /** Of what was begun before; undefined begins it. */
  readonly url: string | undefined
  /** Bytes of the first chunk. */
  readonly chunkSize: number
  /** The server has begun it there. */
  readonly begun: (url: string) => void
  /** Bytes from the file's beginning that have left. */
  readonly left: (sent: number) => void
  /** Bytes from the file's beginning that the server has stored. */
  readonly stored: (sent: number) => void
}

export type Outcome =
  /** All of it is there. */
  | { readonly kind: 'sent'; readonly fileId: string | undefined }
  /** The server knows nothing of it, or no longer. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'failed'; readonly error: LecternError }

/** One try, over however many requests, until all is sent, one of them fails, or `signal` is aborted: then its reason. */
export async function sendByTus(ports: SendPorts, sending: Sending, signal: AbortSignal): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>()
  const stall = watchStalling(ports.clock, () => resolve({ kind: 'failed', error: stalled() }))
  const upload = uploadOf(ports, sending, { stirs: stall.stirs, signal, ended: resolve })
  const abort = (): void => resolve({ kind: 'failed', error: reasonOf(signal) })
  signal.addEventListener('abort', abort)
  try {
    upload.start()
    return await promise
  } finally {
    signal.removeEventListener('abort', abort)
    stall.end()
    void upload.abort()
  }
}

interface Try {
  readonly stirs: () => void
  readonly signal: AbortSignal
  readonly ended: (outcome: Outcome) => void
}

function uploadOf({ endpoint, credential, clock }: SendPorts, sending: Sending, { stirs, signal, ended }: Try): Upload {
  const source = new BlobSource(sending.file)
  let chunkBegan = clock.now()
  const upload: Upload = new Upload(sending.file, {
    // With an endpoint it would take every refusal to go on for a reason to begin anew.
    ...(sending.url === undefined ? { endpoint } : { uploadUrl: sending.url }),
    metadata: sending.metadata,
    chunkSize: sending.chunkSize,
    retryDelays: null,
    storeFingerprintForResuming: false,
    fileReader: { openFile: async () => source },
    fingerprint: async () => '',
    onBeforeRequest: async (request) => {
      stirs()
      show(request, await credential())
      if (request.getMethod() === 'PATCH' && source.checksum !== undefined) {
        request.setHeader('Upload-Checksum', source.checksum)
      }
      // What is not sent yet, `abort` does not keep from being sent.
      signal.throwIfAborted()
      chunkBegan = clock.now()
    },
    onUploadUrlAvailable: () => {
      if (upload.url !== null) sending.begun(upload.url)
    },
    onProgress: (sent) => {
      stirs()
      sending.left(sent)
    },
    onChunkComplete: (size, sent) => {
      sending.stored(sent)
      // One that was shorter than it could be says nothing of longer ones.
      if (size === upload.options.chunkSize) upload.options.chunkSize = nextChunkSize(size, clock.now() - chunkBegan)
    },
    onSuccess: ({ lastResponse }) => ended({ kind: 'sent', fileId: fileIdOf(lastResponse) }),
    onError: (error) => ended(outcomeOf(error)),
  })
  return upload
}

/** A page of another origin has to ask for the cookie to be sent along. */
function show(request: HttpRequest, { bearer }: Credential): void {
  if (bearer !== undefined) request.setHeader('Authorization', `Bearer ${bearer}`)
  const underlying: unknown = request.getUnderlyingObject()
  if (typeof XMLHttpRequest !== 'undefined' && underlying instanceof XMLHttpRequest) underlying.withCredentials = true
}

const fileIdOf = (response: HttpResponse): string | undefined => response.getHeader('File-Id') ?? undefined

function outcomeOf(error: Error): Outcome {
  if (isUnreadable(error)) return { kind: 'unreadable' }
  const refusal = toLecternError(error)
  const isOfUpload = error instanceof DetailedError && error.originalRequest.getMethod() !== 'POST'
  return isOfUpload && refusal.code === 'NOT_FOUND' ? { kind: 'gone' } : { kind: 'failed', error: refusal }
}

const isUnreadable = (error: Error): boolean =>
  error instanceof Unreadable || (error instanceof DetailedError && error.causingError instanceof Unreadable)

const reasonOf = ({ reason }: AbortSignal): LecternError =>
  reason instanceof LecternError ? reason : new LecternError('CLOSED', 'It was called off.', { cause: reason })

const stalled = (): LecternError => new LecternError('TIMEOUT', 'Nothing more went through.')

function watchStalling(clock: Clock, stalls: () => void) {
  let callOff = clock.after(STALL_MS, stalls)
  const end = (): void => callOff()
  return {
    end,
    stirs(): void {
      callOff()
      callOff = clock.after(STALL_MS, stalls)
    },
  }
}

/** Deletes what the server has of it. @throws Error where it could not be asked */
export const endByTus = ({ credential }: SendPorts, url: string): Promise<void> =>
  Upload.terminate(url, {
    retryDelays: [1_000, 5_000],
    onBeforeRequest: async (request) => show(request, await credential()),
  })
