import type { ChatReports } from '../modules/chat/chat.reports.service.ts'
import type { ChatService } from '../modules/chat/chat.service.ts'
import { courseAudience } from '../modules/webrtc/class-audience.ts'
import { createWebrtc, type Webrtc } from '../modules/webrtc/create-webrtc.ts'
import type { Realtime } from '../realtime/realtime.ts'
import { classCommit } from './class-commit.ts'
import type { Ground } from './ground.ts'
import type { Identity } from './identity.ts'

/** What classes need of chat. */
export interface ClassChat {
  readonly realtime: Pick<Realtime, 'people'>
  readonly service: ChatService
  readonly reports: ChatReports
}

/** Live classes, and what is measured of them. */
export function wireClasses(
  { config, logger, clock, time, engine, database, metrics }: Ground,
  { access: courses, evidenceKey }: Identity,
  { realtime, service, reports }: ClassChat,
): Webrtc {
  const classes = createWebrtc({
    ...{ database, courses, chat: reports, engine, evidenceKey, clock, time, logger },
    settings: config.classes,
    audience: courseAudience({ people: realtime.people }),
    announce: async (commit, announcements) => {
      const messages = announcements.map(({ courseId, system }) => service.announcement(courseId, system))
      const stored = await database.write(classCommit.commitAndAnnounce, { commit, messages })
      try {
        service.announced(stored)
      } catch (error) {
        // The class is what the commit made of it, whoever hears of it.
        logger.error({ err: error }, 'a class was not announced')
      }
    },
  })
  metrics.gauge('lectern_classes', 'Classes that are live.', () => classes.counts().classes)
  metrics.gauge('lectern_participants', 'People in live classes.', () => classes.counts().participants)
  return classes
}
