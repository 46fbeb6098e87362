import { createClient } from '@lectern/client'
import { type Classroom, createClassrooms } from '@lectern/client/classes'
import type { Drawn } from './devices.ts'
import './devices.ts'

export interface Comer {
  readonly userId: string
  readonly url: string
  readonly token: string
  readonly sessionId: string
  readonly drawn: Drawn
  readonly hasCamera: boolean
  readonly isMuted: boolean
}

/** What somebody in the class may do. */
export type Act = 'raiseHand' | 'lowerHand' | 'shareScreen' | 'stopSharing' | 'leave'

/** Many people of a class in one page, which shows nothing: each in a browser of their own is more than a small machine bears. */
export interface Crowd {
  /** Resolves when in. */
  enter(comer: Comer): Promise<void>
  act(userId: string, act: Act): Promise<void>
}

declare global {
  interface Window {
    crowd: Crowd
  }
}

const rooms = new Map<string, Classroom>()

window.crowd = {
  async enter({ userId, url, token, sessionId, drawn, hasCamera, isMuted }) {
    window.drawAs(drawn)
    const client = createClient({ url, token })
    const classrooms = createClassrooms(client)
    const media = classrooms.createLocalMedia()
    if (!isMuted) await media.setMicrophone(true)
    if (hasCamera) await media.setCamera(true)
    const room = classrooms.classroom(sessionId, media)
    client.connect()
    await room.join()
    rooms.set(userId, room)
  },
  async act(userId, act) {
    const room = rooms.get(userId)
    if (room === undefined) throw new Error(`${userId} is not in the class.`)
    await room[act]()
    if (act === 'leave') rooms.delete(userId)
  },
}
