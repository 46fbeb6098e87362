import type { AttendancePolicy, AttendanceStatus, EffectiveRole } from '@lectern/protocol'

/** `recovered_at`: the server found it open at its start, and ended it at its last sign of life. */
interface Closing {
  readonly recovered_at?: number
}

/** What an entry of the log says, by its kind. Ids of rows are in it, so that a row and its entry find each other. */
export interface EvidenceData {
  readonly live: { readonly span: string }
  readonly ended: { readonly span: string } & Closing
  readonly entered: {
    readonly interval: string
    readonly user: string
    readonly user_name: string
    readonly role: EffectiveRole
    readonly is_entry: boolean
  }
  readonly left: { readonly interval: string; readonly user: string } & Closing
  readonly hand: { readonly user: string }
  readonly corrected: {
    readonly user: string
    readonly status: AttendanceStatus | null
    readonly note: string | null
    readonly by: string
  }
  /** In the register alone: a class's log begins. */
  readonly class: { readonly session: string }
  /** In the register alone. */
  readonly policy: { readonly course: string; readonly by: string } & AttendancePolicy
}
export type EvidenceKind = keyof EvidenceData

export type NewEvidence = {
  readonly [Kind in EvidenceKind]: { readonly kind: Kind; readonly at: number; readonly data: EvidenceData[Kind] }
}[EvidenceKind]

/** An entry as it is stored, but for its hash. */
export interface EvidenceEntry {
  readonly session_id: string
  readonly entry: number
  readonly at: number
  readonly kind: string
  /** JSON. */
  readonly data: string
}

export interface EvidenceHead {
  readonly session_id: string
  readonly entries: number
  readonly hash: string
}
