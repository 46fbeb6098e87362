import type { AnswerPayload, CandidatePayload, OfferPayload } from '@lectern/protocol'
import type { ClassMedia } from '../webrtc.types.ts'

/** What one peer has to say to another, as it came. */
export type Signal =
  | { readonly kind: 'offer'; readonly offer: OfferPayload['offer'] }
  | { readonly kind: 'answer'; readonly answer: AnswerPayload['answer'] }
  | { readonly kind: 'candidate'; readonly candidate: CandidatePayload['candidate'] }

export interface ClassMember {
  readonly sessionId: string
  readonly userId: string
}

/** What an engine tells the classes. */
export interface MediaListener {
  /** The media server's side of a peer connection speaks: it arrives as from `sfu`. */
  signal(to: ClassMember, signal: Signal): void
  /** What `media` answers of this class has changed: its participants connect anew. */
  changed(sessionId: string): void
}

/**
 * Who carries the media of classes. It hears of everything in the order of the commits, and changes none of it: a class
 * goes on also where its engine fails. Nothing that it is told may throw; `signal` alone answers the sender.
 */
export interface MediaEngine {
  /** Called once, before anything else. */
  start(listener: MediaListener): void
  /** Who connects to whom, and how many; also of a class that is not open. */
  media(sessionId: string): ClassMedia
  /** Live from here on; also one that was live before a restart. */
  opened(sessionId: string): void
  closed(sessionId: string): void
  /** Also for who was in it before a restart. */
  joined(member: ClassMember): void
  /** Another page of theirs took over, or they left: their peer connection with the engine is no more. */
  reset(member: ClassMember): void
  left(member: ClassMember): void
  /**
   * What a participant says to `sfu`.
   * @throws AppError `NOT_FOUND` where no media server carries the class
   */
  signal(from: ClassMember, signal: Signal): Promise<void>
  close(): Promise<void>
}
