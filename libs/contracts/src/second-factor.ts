/** Owned by services/identity: the second factor of staff (RFC 6238), and whether the house asks for one. */
import { Type, type Static } from 'typebox'
import { event, request } from './definition.ts'
import { SignedIn, UserAgent } from './identity.ts'
import { ChangedField } from './service.ts'
import { Empty, Id, Instant, Nullable } from './values/scalars.ts'

const clientAddress = Type.String({ maxLength: 100 })
const userAgent = Type.Optional(UserAgent)
const password = Type.String({ maxLength: 1000 })
/** Six digits of the application, or a recovery code; blanks and dashes do not count. */
const code = Type.String({ maxLength: 50 })
/** What identity sealed: nobody else can read or alter it. */
const sealed = Type.String({ maxLength: 2000 })

/**
 * The first step of a sign-in in a browser. Either it is all that is asked, or a second step follows: `pending` then
 * says that the password was right, for ten minutes and nothing but `identity.finish-sign-in`.
 * @throws Failure wrong-credentials, too-many-attempts
 */
export const beginSignIn = request(
  'identity.begin-sign-in',
  Type.Object(
    {
      login: Type.String({ maxLength: 254 }),
      password,
      clientAddress,
      userAgent,
    },
    { additionalProperties: false },
  ),
  Type.Union([SignedIn, Type.Object({ pending: sealed, expiresAt: Instant })]),
)
/** @throws Failure sign-in-over (altered, too late, or the password has changed), wrong-second-factor, too-many-attempts */
export const finishSignIn = request(
  'identity.finish-sign-in',
  Type.Object({ pending: sealed, code, clientAddress, userAgent }, { additionalProperties: false }),
  SignedIn,
)

export const SecondFactor = Type.Object({
  on: Type.Boolean(),
  /** When it was turned on. */
  since: Nullable(Instant),
  recoveryCodesLeft: Type.Integer({ minimum: 0 }),
  /** The house asks for one. */
  compulsory: Type.Boolean(),
})
export type SecondFactor = Static<typeof SecondFactor>

/** One's own, or for an admin a colleague's; clients' people have none. @throws Failure not-found, forbidden */
export const getSecondFactor = request(
  'identity.get-second-factor',
  Type.Object({ accountId: Type.Optional(Id) }),
  SecondFactor,
)
const Offer = {
  /** Base32, for typing. */
  secret: Type.String(),
  /** `otpauth://totp/…`, for the picture. */
  uri: Type.String(),
}
/**
 * A secret to put into the application. Nothing is on yet. `offer` holds a quarter of an hour, for this account alone.
 * @throws Failure wrong-password, second-factor-on, too-many-attempts
 */
export const offerSecondFactor = request(
  'identity.offer-second-factor',
  Type.Object({ password, clientAddress }, { additionalProperties: false }),
  Type.Object({ offer: sealed, expiresAt: Instant, ...Offer }),
)
/** The same secret once more, for a page that is shown again. @throws Failure offer-over */
export const readSecondFactorOffer = request(
  'identity.read-second-factor-offer',
  Type.Object({ offer: sealed }),
  Type.Object(Offer),
)
/** Told once, hashed at rest, each good for one time. */
const recoveryCodes = Type.Array(Type.String(), { minItems: 10, maxItems: 10 })
/** Every other session ends. @throws Failure offer-over, wrong-code, second-factor-on, too-many-attempts */
export const turnOnSecondFactor = request(
  'identity.turn-on-second-factor',
  Type.Object({ offer: sealed, code, clientAddress, userAgent }, { additionalProperties: false }),
  Type.Object({ recoveryCodes, signedIn: SignedIn }),
)
const proof = Type.Object({ password, code, clientAddress }, { additionalProperties: false })
/** @throws Failure wrong-password, wrong-code, second-factor-off, too-many-attempts */
export const turnOffSecondFactor = request('identity.turn-off-second-factor', proof, Empty)
/** The older ones are worth nothing from now on. @throws Failure wrong-password, wrong-code, second-factor-off, too-many-attempts */
export const renewRecoveryCodes = request(
  'identity.renew-recovery-codes',
  proof,
  Type.Object({ recoveryCodes }),
)
/** By an admin, for somebody who lost theirs: their sessions end. @throws Failure not-found, own-second-factor, second-factor-off */
export const resetSecondFactor = request(
  'identity.reset-second-factor',
  Type.Object({ accountId: Id }),
  Empty,
)

export const AccessRules = Type.Object(
  {
    /** Staff without a second factor set one up before anything else. */
    staffSecondFactor: Type.Boolean(),
  },
  { additionalProperties: false },
)
export type AccessRules = Static<typeof AccessRules>
export const getAccessRules = request('identity.get-access-rules', Empty, AccessRules)
export const putAccessRules = request(
  'identity.put-access-rules',
  Type.Object({ rules: AccessRules }),
  AccessRules,
)
export const accessRulesChanged = event(
  'identity.access-rules-changed',
  1,
  Type.Object({ changes: Type.Array(ChangedField) }),
)

/** What happened to a person's second factor; they are told of each by mail. */
export const secondFactorChanged = event(
  'identity.second-factor-changed',
  1,
  Type.Object({
    accountId: Id,
    change: Type.Union([
      Type.Literal('on'),
      Type.Literal('off'),
      Type.Literal('reset'),
      Type.Literal('recovery-code-used'),
      Type.Literal('recovery-codes-renewed'),
      // The right password, and so many wrong codes that they are slowed: somebody else may have the password.
      Type.Literal('codes-refused'),
    ]),
    recoveryCodesLeft: Type.Integer({ minimum: 0 }),
  }),
)
