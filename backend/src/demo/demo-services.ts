import type { CourseRecord, CourseRole, GlobalRole, SentType } from '@lectern/protocol'
import type { Actor, UserActor } from '../access/actor.ts'

export interface Account {
  readonly id: string
  readonly name: string
  readonly role: GlobalRole
}

type Stored<T> = Promise<{ readonly stored: Promise<T> }>
type FirstPage = { readonly limit: number }

/** What a server does for its users, as its services do it. */
export interface DemoServices {
  readonly firstRun: {
    open(): Promise<string | undefined>
    setUp(input: DemoLogin & { token: string; name: string }): Promise<{ readonly user: Account }>
  }
  readonly users: {
    list(actor: Actor, page: FirstPage): Promise<{ readonly items: readonly unknown[] }>
    create(actor: Actor, user: DemoLogin & { name: string; role: GlobalRole }): Promise<Account>
  }
  readonly courses: {
    list(actor: Actor, page: FirstPage): Promise<{ readonly items: readonly unknown[] }>
    make(actor: Actor, course: { title: string }): Promise<CourseRecord>
  }
  readonly enrolments: {
    add(actor: Actor, courseId: string, member: { user_id: string; role: CourseRole }): Promise<unknown>
  }
  readonly sessions: {
    create(
      actor: UserActor,
      courseId: string,
      session: { title: string; scheduled_at: number; duration_min: number; lobby: boolean },
    ): Promise<{ readonly id: string }>
    /** Resolves behind all that was done to the class before. */
    update(actor: UserActor, sessionId: string, change: Record<string, never>): Promise<unknown>
    end(actor: UserActor, sessionId: string): Promise<unknown>
  }
  readonly classes: {
    join(
      visitor: DemoVisitor,
      entry: { readonly sessionId: string; readonly audio: boolean; readonly video: boolean },
    ): Promise<unknown>
    leave(visitor: DemoVisitor, sessionId: string): Promise<void>
  }
  readonly chat: {
    send(
      actor: UserActor,
      input: DemoMessage,
    ): Stored<{ readonly message: { readonly id: string; readonly seq: number } }>
    edit(actor: UserActor, messageId: string, message: string): Stored<unknown>
    remove(actor: UserActor, messageId: string): Stored<unknown>
    react(actor: UserActor, messageId: string, emoji: string): Stored<unknown>
    pin(actor: UserActor, messageId: string): Stored<unknown>
    markRead(actor: UserActor, at: { courseId: string; seq: number }, connectionId: string): Stored<unknown>
  }
}

/** Somebody in a class without a browser: a connection that hears nothing. */
export interface DemoVisitor {
  readonly id: string
  readonly actor: UserActor
  readonly isOpen: boolean
  readonly lastSeenAt: number
  send(): void
  ping(): void
}

export interface DemoLogin {
  readonly email: string
  readonly password: string
}

interface DemoMessage {
  readonly courseId: string
  readonly message: string
  readonly messageType: SentType
  readonly replyToId?: string | undefined
  readonly mentions: readonly string[]
}
