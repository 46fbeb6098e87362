import { type SignedUrl, type SignedUrlBody, toTime } from '@lectern/protocol'
import type { UserActor } from '../../access/actor.ts'
import type { Clock } from '../../shared/clock.ts'
import { type AppError, forbidden, notFound } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import type { FileAccess } from './files.access.service.ts'
import type { StoredFile } from './files.records.types.ts'
import type { FilesRepository } from './files.repository.store.ts'
import type { FileSettings, PeoplePort } from './files.types.ts'
import { isSigned, linkUrl, type SignedLink, signLink } from './signed-links.ts'
import type { LinkIssuer, SignedUrlRepository } from './signed-urls.repository.ts'

export interface SignedUrlPorts {
  readonly access: FileAccess
  readonly files: Pick<FilesRepository, 'file'>
  readonly repository: SignedUrlRepository
  readonly people: PeoplePort
  readonly settings: Pick<FileSettings, 'publicUrl'>
  /** 32 bytes. */
  readonly key: Uint8Array
  readonly clock: Clock
}

/** Longer ones are for who manages the file. */
const SHORT_SECONDS = 3600

/** Links that open one file without signing in. */
export class SignedUrls {
  readonly #ports: SignedUrlPorts

  constructor(ports: SignedUrlPorts) {
    this.#ports = ports
  }

  /** @throws AppError `NOT_FOUND` for who may not read the file, `FORBIDDEN` for more than an hour but for uploader and staff */
  async make(actor: UserActor, { course_id: courseId, ...body }: SignedUrlBody): Promise<SignedUrl> {
    const { access, repository, settings, key, clock } = this.#ports
    const file = await access.readableFile(actor, { folder: body.folder, file: body.file, courseId })
    if (body.expires_in > SHORT_SECONDS && !(await access.mayManage(actor, file))) {
      throw forbidden('Its uploader and staff alone make links for more than an hour.', { limit: SHORT_SECONDS })
    }
    const now = clock.now()
    const facts = {
      id: newId(),
      expires: Math.floor(now / 1000) + body.expires_in,
      disposition: body.disposition,
    }
    const expiresAt = facts.expires * 1000
    const { id, disposition } = facts
    await repository.add({
      ...{ id, disposition, expiresAt, now },
      fileId: file.id,
      issuer: actor,
      courseId: file.folder.courseId,
    })
    const url = linkUrl(settings.publicUrl, { ...facts, signature: signLink(key, facts) })
    return { id, url, expires_at: toTime(expiresAt) }
  }

  /** @throws AppError `NOT_FOUND`, `FORBIDDEN` but for its issuer and who manages the file */
  async remove(actor: UserActor, id: string): Promise<void> {
    const { access, files, repository } = this.#ports
    const link = await repository.find(id)
    const file = link && (await files.file(link.fileId))
    if (link === undefined || file === undefined) throw noSuchLink()
    const isOwn = link.issuer.userId === actor.userId && link.issuer.realm === actor.realm
    if (!isOwn && !(await access.mayRead(actor, file))) throw noSuchLink()
    if (!isOwn && !(await access.mayManage(actor, file))) throw forbidden('Who made it and staff alone end a link.')
    await repository.remove(id)
  }

  /**
   * The file that a link opens. Its issuer is asked for at each opening: with their right to read it ends.
   * @param link as it came; undefined for what has not even the form of one
   * @throws AppError `FORBIDDEN`, the same whatever the reason
   */
  async open(link: SignedLink | undefined): Promise<{ file: StoredFile; disposition: SignedLink['disposition'] }> {
    const { access, files, repository, key, clock } = this.#ports
    if (link === undefined || !isSigned(key, link) || link.expires * 1000 <= clock.now()) throw opensNothing()
    const stored = await repository.find(link.id)
    const file = stored && (await files.file(stored.fileId))
    const issuer = stored && (await this.#issuerNow(stored.issuer))
    if (file === undefined || issuer === undefined || !(await access.mayRead(issuer, file))) throw opensNothing()
    return { file, disposition: link.disposition }
  }

  /** With the role that they have now; undefined where they are here no more. */
  async #issuerNow(issuer: LinkIssuer): Promise<UserActor | undefined> {
    const standing = await this.#ports.people.standingOf(issuer.userId)
    if (standing?.realm !== issuer.realm) return undefined
    return { ...issuer, kind: 'user', role: standing.role, expiresAt: 0 }
  }
}

const noSuchLink = (): AppError => notFound('No such link.')
const opensNothing = (): AppError => forbidden('This link opens nothing, or no more.')
