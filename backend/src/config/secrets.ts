import { hkdfSync, randomBytes, randomUUID } from 'node:crypto'
import { link, open, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { codeOf } from '../shared/code-of.ts'
import { makeDirectory } from '../shared/make-directory.ts'
import { StartError } from '../shared/start-error.ts'

/** What this installation made for itself. */
export interface Secrets {
  /** Signs the tokens of local accounts (HS256); 32 bytes. */
  readonly localTokenKey: Uint8Array
  /** Signs links that open a file without signing in (HMAC-SHA256); 32 bytes. */
  readonly linkKey: Uint8Array
  /** Binds the entries of the attendance log to each other (HMAC-SHA256); 32 bytes. */
  readonly evidenceKey: Uint8Array
}

const KEY_BYTES = 32

const storedKey = z
  .base64()
  .transform((text) => new Uint8Array(Buffer.from(text, 'base64')))
  .refine((key) => key.length === KEY_BYTES)
const stored = z.object({ local_token_key: storedKey })

const newKey = (): string => randomBytes(KEY_BYTES).toString('base64')

/**
 * Reads `secrets.json` of the data directory, and makes it at the first start. However many do so at once, all get the same.
 * @throws StartError when the file is there and is not one of ours: new secrets would sign everybody out unasked
 */
export async function loadSecrets(dataDir: string): Promise<Secrets> {
  const file = secretsFile(dataDir)
  makeDirectory(dataDir)
  return (await readSecrets(file)) ?? (await makeSecrets(dataDir, file))
}

/** Those that the server has made. @throws StartError where it has made none */
export async function existingSecrets(dataDir: string): Promise<Secrets> {
  const secrets = await readSecrets(secretsFile(dataDir))
  if (secrets === undefined) throw new StartError(`DATA_DIR: ${secretsFile(dataDir)} is not there`)
  return secrets
}

/**
 * Those of nodes that share a database, which keeps what they are made of.
 * @param keep is given a new key, in base64, and gives the one that counts: it, or the one that was there
 */
export async function keptSecrets(keep: (made: string) => Promise<string>): Promise<Secrets> {
  const key = storedKey.safeParse(await keep(newKey()))
  if (!key.success)
    throw new StartError('DATABASE_URL: the secrets in the database are damaged; put them back from a backup')
  return secretsFrom(key.data)
}

const secretsFile = (dataDir: string): string => join(dataDir, 'secrets.json')

async function makeSecrets(dataDir: string, file: string): Promise<Secrets> {
  const text = JSON.stringify({ local_token_key: newKey() })
  const staged = `${file}.${randomUUID()}`
  await writeDurably(staged, `${text}\n`)
  try {
    // A link is made whole or not at all, and never over what is there.
    await link(staged, file)
    await syncDirectory(dataDir)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    await unlink(staged)
  }
  const secrets = await readSecrets(file)
  if (secrets === undefined) throw new StartError(`DATA_DIR: ${file} was removed while the server started`)
  return secrets
}

async function readSecrets(file: string): Promise<Secrets | undefined> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined
    throw new StartError(`DATA_DIR: ${file} cannot be read (${codeOf(error)})`, { cause: error })
  })
  if (text === undefined) return undefined
  const secrets = stored.safeParse(jsonOf(text))
  if (!secrets.success) {
    throw new StartError(
      `DATA_DIR: ${file} is damaged; put it back from a backup, or remove it and everybody signs in anew`,
    )
  }
  return secretsFrom(secrets.data.local_token_key)
}

const secretsFrom = (localTokenKey: Uint8Array): Secrets => ({
  localTokenKey,
  linkKey: derivedKey(localTokenKey, 'signed links of files'),
  evidenceKey: derivedKey(localTokenKey, 'evidence of attendance'),
})

/** HKDF (RFC 5869): nothing that is known of one key tells of another, and no file has to be written for a new one. */
const derivedKey = (key: Uint8Array, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', key, '', `lectern ${purpose}`, KEY_BYTES))

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
