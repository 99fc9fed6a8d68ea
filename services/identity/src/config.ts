import { Type, type Static } from 'typebox'

export const identityConfig = Type.Object({
  /** The first administrator of a clean start. */
  ADMIN_EMAIL: Type.Optional(
    Type.String({ pattern: '^[^\\s@<>]+@[^\\s@<>]+$', mend: 'the mail address of the first administrator' }),
  ),
  ADMIN_PASSWORD: Type.Optional(Type.String({ secret: true, minLength: 8 })),
  /** Its second factor is taken away at the start: see reset-at-start.ts. */
  RESET_SECOND_FACTOR_OF: Type.Optional(
    Type.String({ pattern: '^[^\\s@<>]+@[^\\s@<>]+$', mend: 'the mail address of an account' }),
  ),
  /** What authenticator applications list the account under. */
  BRAND: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
})
export type IdentityConfig = Static<typeof identityConfig> & {
  /** A demonstration on this machine: one-click sign-in is answered. Decided by the process, never by the environment. */
  evaluation?: boolean
}
