import type { TFunction } from 'i18next'

/** What every row draws with; the same object until the language or the caller changes. */
export interface RowLook {
  readonly t: TFunction<'chat'>
  readonly language: string
  readonly meId: string
  readonly courseTitle: string
  /** Shows the picture of the message at this place before the page. */
  readonly onPicture: (seq: number) => void
  readonly onJump: (messageId: string) => void
  /** Long messages that were opened, so that they stay so while they are off screen. */
  readonly expanded: Set<string>
  readonly onFlashEnd: () => void
}
