import { constants } from 'node:fs'
import { access, link, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { codeOf } from '../../../shared/code-of.ts'
import { makeDirectory } from '../../../shared/make-directory.ts'
import { StartError } from '../../../shared/start-error.ts'
import { syncPath, writeNewFileDurably } from './durable.ts'

/** What is where below `UPLOAD_PATH`. */
export interface UploadDirectories {
  /** `<id>`: the bytes of a file. */
  readonly objects: string
  /** `<id>`: what is coming in. */
  readonly staging: string
  /** `<id>-<width>.webp` */
  readonly thumbnails: string
}

const MARK = 'lectern.json'
const mark = z.object({ installation_id: z.string().min(1) })

/** The database that a path is claimed for. */
export interface Claimant {
  readonly installationId: string
  /** Then the path has to be marked already: one that is not mounted looks like a new one. */
  readonly hasFiles: boolean
}

/**
 * Makes the directories below `UPLOAD_PATH`, and marks it as this database's.
 * @throws StartError when it cannot be written, bears another database's mark, or none though the database has files: its
 * sweep would not know these files, and its records not find theirs
 */
export async function claimUploadPath(uploadPath: string, claimant: Claimant): Promise<UploadDirectories> {
  const directories = {
    objects: join(uploadPath, 'objects'),
    staging: join(uploadPath, 'staging'),
    thumbnails: join(uploadPath, 'thumbnails'),
  }
  try {
    makeDirectory(uploadPath)
    await claim(uploadPath, claimant)
    for (const directory of Object.values(directories)) {
      makeDirectory(directory)
      await access(directory, constants.R_OK | constants.W_OK | constants.X_OK)
    }
    await syncPath(uploadPath)
    return directories
  } catch (cause) {
    if (cause instanceof StartError) throw cause
    throw new StartError(`UPLOAD_PATH: ${uploadPath} cannot be written (${codeOf(cause) ?? cause})`, { cause })
  }
}

async function claim(uploadPath: string, { installationId, hasFiles }: Claimant): Promise<void> {
  const file = join(uploadPath, MARK)
  const marked = await readMark(file)
  if (marked === undefined && hasFiles) {
    throw new StartError(
      `UPLOAD_PATH: ${uploadPath} does not hold the files that the database has (no ${MARK} of installation ${installationId}): mount or restore what belongs there`,
    )
  }
  const owner = marked ?? (await writeMark(file, installationId))
  if (owner === installationId) return
  throw new StartError(
    `UPLOAD_PATH: ${uploadPath} holds the files of another database (installation ${owner}; this one is ${installationId}): set UPLOAD_PATH and DATA_DIR to what belongs together`,
  )
}

async function readMark(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  const parsed = mark.safeParse(jsonOf(text))
  if (!parsed.success) throw new StartError(`UPLOAD_PATH: ${file} is damaged; put it back from a backup`)
  return parsed.data.installation_id
}

async function writeMark(file: string, installationId: string): Promise<string> {
  const staged = `${file}.${installationId}`
  await rm(staged, { force: true })
  await writeNewFileDurably(staged, `${JSON.stringify({ installation_id: installationId })}\n`)
  try {
    // A link is made whole or not at all, and never over what is there.
    await link(staged, file)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    await rm(staged)
  }
  return (await readMark(file)) ?? installationId
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
