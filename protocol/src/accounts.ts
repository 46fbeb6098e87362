import { z } from 'zod'
import { LIMITS } from './limits.ts'
import { globalRole, realm } from './roles.ts'
import { id, locale } from './scalars.ts'
import { wireInput } from './spelling.ts'
import { email, givenPassword, newPassword, personName } from './text.ts'
import { time } from './times.ts'

export const userRecord = z
  .object({
    id,
    realm,
    email: z.string().nullable(),
    name: z.string(),
    role: globalRole,
    locale: z.string().nullable(),
    disabled: z.boolean(),
    created_at: time,
  })
  .meta({ id: 'User' })
export type UserRecord = z.infer<typeof userRecord>

/** What signing in, registering and refreshing answer; the cookies of the same tokens come with it. */
export const sessionRecord = z
  .object({
    user: userRecord,
    access_token: z.string(),
    expires_at: time,
    refresh_token: z.string().exactOptional().describe('Only for `client: "app"`, and for who refreshed by body.'),
  })
  .meta({ id: 'Session' })
export type SessionRecord = z.infer<typeof sessionRecord>

export const joinCode = z.string().trim().min(1).max(LIMITS.joinCode)

const client = z.enum(['app']).exactOptional().describe('`app`: answer with a refresh token, for who keeps no cookies.')
const refreshToken = z.string().min(1).max(LIMITS.token)

export const registerBody = wireInput({
  email,
  password: newPassword,
  name: personName,
  join_code: joinCode.exactOptional().describe('Needed unless registration is open.'),
  client,
})
export type RegisterBody = z.output<typeof registerBody>

export const loginBody = wireInput({ email, password: givenPassword, client })
export type LoginBody = z.output<typeof loginBody>

export const refreshBody = wireInput({ refresh_token: refreshToken.exactOptional() })
export type RefreshBody = z.output<typeof refreshBody>

export const setupBody = wireInput({
  token: z.string().min(1).max(LIMITS.token).describe('From the link that the first start prints.'),
  email,
  password: newPassword,
  name: personName,
})
export type SetupBody = z.output<typeof setupBody>

export const setupState = z.object({ needed: z.boolean() }).meta({ id: 'SetupState' })
export type SetupState = z.infer<typeof setupState>

export const updateMeBody = wireInput({ name: personName.exactOptional(), locale: locale.nullable().exactOptional() })
export type UpdateMeBody = z.output<typeof updateMeBody>

export const createUserBody = wireInput({
  id: id.exactOptional().describe('API key alone: the id that tokens bear as `sub`.'),
  email: email.exactOptional().describe('Needed for a local account.'),
  name: personName,
  role: globalRole,
  password: newPassword.exactOptional().describe('Local accounts alone.'),
})
export type CreateUserBody = z.output<typeof createUserBody>

export const updateUserBody = wireInput({
  role: globalRole.exactOptional(),
  name: personName.exactOptional(),
  disabled: z.boolean().exactOptional(),
})
export type UpdateUserBody = z.output<typeof updateUserBody>

export const userParams = wireInput({ userId: id })
