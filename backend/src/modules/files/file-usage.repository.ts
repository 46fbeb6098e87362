import { AppError } from '../../shared/errors.ts'
import type { Db } from './files.repository.rows.ts'

export interface Charge {
  readonly userId: string
  /** Of files, and of what is being uploaded; negative gives back. */
  readonly used: number
  readonly reserved: number
}

/** Adds to what a person has; what was given back is not asked for a quota. */
export async function charge(db: Db, { userId, used, reserved }: Charge): Promise<void> {
  await db
    .insertInto('file_usage')
    .values({ user_id: userId, used, reserved })
    .onConflict((known) =>
      known.column('user_id').doUpdateSet(({ eb }) => ({
        used: eb('file_usage.used', '+', used),
        reserved: eb('file_usage.reserved', '+', reserved),
      })),
    )
    .execute()
}

/**
 * As `charge`; writes run one after the other, so that uploads at the same time pass the quota no more than others do.
 * @param quota bytes; 0 is no limit
 * @throws AppError `STORAGE_FULL`; what was charged is undone with its operation
 */
export async function chargeWithin(db: Db, quota: number, change: Charge): Promise<void> {
  await charge(db, change)
  if (quota === 0) return
  const { used, reserved } = await db
    .selectFrom('file_usage')
    .select(['used', 'reserved'])
    .where('user_id', '=', change.userId)
    .executeTakeFirstOrThrow()
  if (used + reserved > quota) throw quotaExceeded(quota)
}

export const quotaExceeded = (quota: number): AppError =>
  new AppError('STORAGE_FULL', 'Your storage is full.', { reason: 'quota', limit: quota })
