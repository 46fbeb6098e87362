import type { Readable } from 'node:stream'
import type { UserActor } from '../../../access/actor.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Incoming, Intake, StagedFile } from './upload.types.ts'

export interface ReceivedFile {
  readonly originalName: string
  readonly staged: StagedFile
  readonly error?: undefined
}

/** A file of a form: its bytes, or why there are none. */
export type FormFile = ReceivedFile | { readonly originalName: string; readonly error: AppError }

/** The uploads of one form. When the form fails, nothing of it stays. */
export class FormUploads {
  readonly #intake: Intake
  readonly #actor: UserActor
  readonly #uploads: Upload[] = []

  constructor(intake: Intake, actor: UserActor) {
    this.#intake = intake
    this.#actor = actor
  }

  receive = async (source: Readable, originalName: string, sureBytes: number): Promise<ReceivedFile> => {
    const begun = this.#intake.begin(this.#actor)
    const received = begun.then((incoming) => incoming.receive(source, originalName, sureBytes))
    this.#uploads.push({ begun, received })
    return { originalName, staged: await received }
  }

  /** As `receive`, but that what is wrong with one file is told beside the others. */
  receiveOrTell = async (source: Readable, originalName: string, sureBytes: number): Promise<FormFile> => {
    try {
      return await this.receive(source, originalName, sureBytes)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return { originalName, error }
    }
  }

  /** @throws what `read` throws, once nothing is left of what was begun */
  async whole<T>(read: () => Promise<T>): Promise<T> {
    try {
      const form = await read()
      for (const upload of this.#uploads) if (!(await hasArrived(upload))) await discard(upload)
      return form
    } catch (error) {
      for (const upload of this.#uploads) await discard(upload)
      throw error
    }
  }
}

interface Upload {
  readonly begun: Promise<Incoming>
  readonly received: Promise<StagedFile>
}

const hasArrived = ({ received }: Upload): Promise<boolean> =>
  received.then(
    () => true,
    () => false,
  )

async function discard(upload: Upload): Promise<void> {
  await hasArrived(upload)
  const incoming = await upload.begun.catch(() => undefined)
  await incoming?.discard()
}
