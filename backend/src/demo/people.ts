import type { GlobalRole } from '@lectern/protocol'

export interface DemoPerson {
  readonly name: string
  readonly email: string
  readonly role: GlobalRole
}

/** Nobody who lives; their addresses are of a domain that nobody can have (RFC 2606). */
export const PEOPLE = {
  admin: { name: 'Administrator', email: 'admin@demo.example', role: 'admin' },
  hanh: { name: 'Nguyễn Thị Hạnh', email: 'hanh@demo.example', role: 'teacher' },
  carter: { name: 'David Carter', email: 'carter@demo.example', role: 'teacher' },
  anh: { name: 'Trần Minh Anh', email: 'anh@demo.example', role: 'student' },
  bao: { name: 'Lê Quốc Bảo', email: 'bao@demo.example', role: 'student' },
  ha: { name: 'Phạm Thu Hà', email: 'ha@demo.example', role: 'student' },
  huy: { name: 'Đặng Gia Huy', email: 'huy@demo.example', role: 'student' },
  long: { name: 'Hoàng Đức Long', email: 'long@demo.example', role: 'student' },
  mai: { name: 'Vũ Ngọc Mai', email: 'mai@demo.example', role: 'student' },
  emma: { name: 'Emma Wilson', email: 'emma@demo.example', role: 'student' },
  lucas: { name: 'Lucas Martin', email: 'lucas@demo.example', role: 'student' },
} as const satisfies Record<string, DemoPerson>

export type PersonKey = keyof typeof PEOPLE
