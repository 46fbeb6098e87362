import { LecternError } from '../errors.ts'

/** Loaded with the first upload: most pages upload nothing. @throws LecternError `NETWORK` */
export async function loadTus() {
  try {
    return await import('./tus/send.ts')
  } catch (cause) {
    throw unloaded(cause)
  }
}

const unloaded = (cause: unknown): LecternError =>
  new LecternError('NETWORK', 'The part of the client that uploads could not be loaded.', { cause })
