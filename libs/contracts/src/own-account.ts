/** Owned by services/identity: what a person does with their own account, and nobody else for them. */
import { Type, type Static } from 'typebox'
import { event, request } from './definition.ts'
import { SignedIn, UserAgent } from './identity.ts'
import { Language } from './values/language.ts'
import { EmailAddress, Empty, Id, Instant, Nullable } from './values/scalars.ts'

const clientAddress = Type.String({ maxLength: 100 })
const secret = Type.String({ maxLength: 500 })

/** A browser that is signed in. Nothing of its secret is told. */
export const OwnSession = Type.Object({
  id: Id,
  createdAt: Instant,
  /** To the hour. */
  lastSeenAt: Instant,
  /** As the browser named itself when it signed in (RFC 9110, 10.1.5); null when it did not. */
  userAgent: Nullable(UserAgent),
  /** The IP it signed in from. */
  clientAddress: Nullable(clientAddress),
  /** The one that asks. */
  current: Type.Boolean(),
})
export type OwnSession = Static<typeof OwnSession>

/** Newest first; `session` is the secret of the one that asks. */
export const listSessions = request(
  'identity.list-sessions',
  Type.Object({ session: Type.Optional(secret) }),
  Type.Object({ items: Type.Array(OwnSession) }),
)
/** @throws Failure not-found for one that is not the actor's. */
export const endSession = request('identity.end-session', Type.Object({ id: Id }), Empty)
/** All but the one that asks, which goes on under a new secret. */
export const endOtherSessions = request(
  'identity.end-other-sessions',
  Type.Object({ clientAddress, userAgent: Type.Optional(UserAgent) }),
  SignedIn,
)
/**
 * Every session ends, and a new one begins here. @throws Failure wrong-password, weak-password, too-many-attempts;
 * nothing has changed then.
 */
export const changePassword = request(
  'identity.change-password',
  Type.Object(
    {
      current: Type.String({ maxLength: 1000 }),
      password: Type.String({ maxLength: 1000 }),
      clientAddress,
      userAgent: Type.Optional(UserAgent),
    },
    { additionalProperties: false },
  ),
  SignedIn,
)

/**
 * Another address to write from: it counts once the link that is mailed there was opened. Answers the same whether the
 * address is somebody's or nobody's. @throws Failure address-invalid, too-many-attempts
 */
export const claimAddress = request('identity.claim-address', Type.Object({ address: EmailAddress }), Empty)
/** What the link is for, for the page that asks before it confirms. @throws Failure token-gone */
export const getAddressClaim = request(
  'identity.get-address-claim',
  Type.Object({ token: secret, clientAddress }),
  Type.Object({ address: EmailAddress, name: Type.String(), language: Language }),
)
/** @throws Failure token-gone, address-taken */
export const confirmAddress = request(
  'identity.confirm-address',
  Type.Object({ token: secret, clientAddress }),
  Type.Object({ address: EmailAddress }),
)
/** The mail with the link is due. Its secret is asked for with `linkId`. */
export const addressClaimed = event(
  'identity.address-claimed',
  1,
  Type.Object({ accountId: Id, linkId: Id, address: EmailAddress }),
)
