/** Owned by services/identity: companies, accounts, registered sender addresses, sessions, tokens. */
import { Type, type Static } from 'typebox'
import { event, live, request } from './definition.ts'
import { ChangedField } from './service.ts'
import { Absence } from './values/absence.ts'
import { AccountActor, Role } from './values/actor.ts'
import { Language } from './values/language.ts'
import { PageOf, PageQuery } from './values/paging.ts'
import { EmailAddress, Empty, Id, IdempotencyKey, Instant, Nullable } from './values/scalars.ts'

export const PostalAddress = Type.Object(
  {
    street: Type.String({ maxLength: 200 }),
    city: Type.String({ maxLength: 100 }),
    zip: Type.String({ maxLength: 20 }),
    /** ISO 3166-1 alpha-2. */
    country: Type.String({ pattern: '^[A-Z]{2}$' }),
  },
  { additionalProperties: false },
)
export type PostalAddress = Static<typeof PostalAddress>

const companyFields = {
  name: Type.String({ minLength: 1, maxLength: 200 }),
  legalName: Nullable(Type.String({ maxLength: 200 })),
  vatNumber: Nullable(Type.String({ maxLength: 20 })),
  /** Belgian companies: the 10 digits of the KBO/BCE. */
  enterpriseNumber: Nullable(Type.String({ maxLength: 20 })),
  address: Nullable(PostalAddress),
  language: Language,
  /** Abusive use of priorities: every ticket of theirs is `normal`. */
  priorityLocked: Type.Boolean(),
  managersSeeAll: Type.Boolean(),
}
export const Company = Type.Object({ id: Id, ...companyFields, createdAt: Instant })
export type Company = Static<typeof Company>
export const CompanyInput = Type.Object(
  {
    name: companyFields.name,
    legalName: Type.Optional(companyFields.legalName),
    vatNumber: Type.Optional(companyFields.vatNumber),
    enterpriseNumber: Type.Optional(companyFields.enterpriseNumber),
    address: Type.Optional(companyFields.address),
    language: Type.Optional(Language),
    priorityLocked: Type.Optional(Type.Boolean()),
    managersSeeAll: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type CompanyInput = Static<typeof CompanyInput>

export const AccountStatus = Type.Union([
  Type.Literal('invited'),
  Type.Literal('active'),
  Type.Literal('inactive'),
])
/** Mails that one may do without. Links, passwords and invoices are not among them. */
export const MutableMail = Type.Union([
  Type.Literal('receipt'),
  Type.Literal('ticket-accepted'),
  Type.Literal('message-posted'),
  Type.Literal('ticket-closed'),
  Type.Literal('support-ticket'),
  Type.Literal('support-reply'),
  Type.Literal('mentioned'),
])
export type MutableMail = Static<typeof MutableMail>

export const Account = Type.Object({
  id: Id,
  /** null: staff of the house. */
  companyId: Nullable(Id),
  email: EmailAddress,
  name: Type.String(),
  roles: Type.Array(Role),
  language: Language,
  status: AccountStatus,
  /** Mails that this person does not want; they are told on the portal all the same. */
  mutedMails: Type.Optional(Type.Array(MutableMail, { maxItems: 20, uniqueItems: true })),
  /** Set when mail to it bounced for good; nothing is mailed there until someone clears it. */
  mailBlocked: Type.Optional(Type.Boolean()),
  /** Of the house: away, perhaps with somebody who stands in. May lie ahead, or be over. */
  absence: Type.Optional(Nullable(Absence)),
  createdAt: Instant,
})
export type Account = Static<typeof Account>

export const SignedIn = Type.Object({
  account: Account,
  /** The session's secret: goes into the cookie, is stored hashed. */
  session: Type.String(),
  expiresAt: Instant,
  /** Said when a recovery code let them in: so many are left. */
  recoveryCodesLeft: Type.Optional(Type.Integer({ minimum: 0 })),
})

/** What a browser says it is; shown to whom the session is. */
export const UserAgent = Type.String({ maxLength: 400 })

// Signing in. `clientAddress` is the IP the throttle counts by.
const clientAddress = Type.String({ maxLength: 100 })
/** @throws Failure wrong-credentials, second-factor-required, wrong-second-factor, too-many-attempts */
export const signIn = request(
  'identity.sign-in',
  Type.Object(
    {
      login: Type.String({ maxLength: 254 }),
      password: Type.String({ maxLength: 1000 }),
      /** Of the application, or a recovery code; looked at where the account has a second factor, and the password is right. */
      code: Type.Optional(Type.String({ maxLength: 50 })),
      clientAddress,
      userAgent: Type.Optional(UserAgent),
      /** The session that the browser has so far: it ends when this one begins. */
      replaces: Type.Optional(Type.String()),
    },
    { additionalProperties: false },
  ),
  SignedIn,
)
/** The evaluation's one-click sign-in; refused anywhere else. */
export const signInForEvaluation = request(
  'identity.sign-in-for-evaluation',
  Type.Object({ link: Type.String(), clientAddress, userAgent: Type.Optional(UserAgent) }),
  SignedIn,
)
export const signOut = request('identity.sign-out', Type.Object({ session: Type.String() }), Empty)
/** Answers with a short-lived actor token; @throws Failure unauthenticated. */
export const resolveSession = request(
  'identity.resolve-session',
  Type.Object({ session: Type.String() }),
  Type.Object({
    actor: AccountActor,
    token: Type.String(),
    /** The house asks for a second factor, and this account has none yet: a door lets it set one up, and nothing else. */
    secondFactorDue: Type.Optional(Type.Boolean()),
  }),
)
export const resolveBearer = request(
  'identity.resolve-bearer',
  Type.Object({ bearer: Type.String() }),
  Type.Object({ actor: AccountActor, token: Type.String() }),
)
/** Public half of the key that signs account tokens, as a JWK. */
export const getSigningKey = request(
  'identity.get-signing-key',
  Empty,
  Type.Object({ jwk: Type.Record(Type.String(), Type.Unknown()) }),
)

export const activate = request(
  'identity.activate',
  Type.Object({
    token: Type.String({ maxLength: 500 }),
    password: Type.String({ maxLength: 1000 }),
    clientAddress,
    userAgent: Type.Optional(UserAgent),
  }),
  SignedIn,
)
/** Who the welcome link is for, so that the page can greet them; @throws Failure token-gone. */
export const getActivation = request(
  'identity.get-activation',
  Type.Object({
    token: Type.String({ maxLength: 500 }),
    purpose: Type.Union([Type.Literal('activation'), Type.Literal('password-reset')]),
  }),
  Type.Object({ name: Type.String(), email: EmailAddress, language: Language }),
)
export const requestPasswordReset = request(
  'identity.request-password-reset',
  Type.Object({ email: Type.String({ maxLength: 254 }), clientAddress }),
  Empty,
)
/**
 * @throws Failure token-gone, weak-password; second-factor-required where the account has one: the new password holds
 * then, and one signs in with it and a code.
 */
export const resetPassword = request(
  'identity.reset-password',
  Type.Object({
    token: Type.String({ maxLength: 500 }),
    password: Type.String({ maxLength: 1000 }),
    clientAddress,
    userAgent: Type.Optional(UserAgent),
  }),
  SignedIn,
)
/**
 * The secret of a link that is about to be mailed (services only): events carry the invitation's id, never a secret,
 * because they are kept for ever. @throws Failure token-gone when it was used or replaced.
 */
export const getLinkToken = request(
  'identity.get-link-token',
  Type.Object({ linkId: Id }),
  Type.Object({ token: Type.String(), expiresAt: Instant }),
)

export const ApiToken = Type.Object({
  id: Id,
  name: Type.String(),
  roles: Type.Array(Role),
  expiresAt: Nullable(Instant),
  createdAt: Instant,
})
export const createApiToken = request(
  'identity.create-api-token',
  Type.Object(
    {
      name: Type.String({ minLength: 1, maxLength: 100 }),
      roles: Type.Array(Role, { minItems: 1 }),
      expiresAt: Type.Optional(Nullable(Instant)),
      idempotencyKey: Type.Optional(IdempotencyKey),
    },
    { additionalProperties: false },
  ),
  Type.Object({ ...ApiToken.properties, token: Type.String() }),
)
export const listApiTokens = request(
  'identity.list-api-tokens',
  Type.Object({ ...PageQuery }),
  PageOf(ApiToken),
)
export const revokeApiToken = request('identity.revoke-api-token', Type.Object({ id: Id }), Empty)

export const registerCompany = request(
  'identity.register-company',
  Type.Object({ company: CompanyInput, idempotencyKey: Type.Optional(IdempotencyKey) }),
  Company,
)
export const listCompanies = request(
  'identity.list-companies',
  Type.Object({
    ...PageQuery,
    /** Staff: of the client or of one of its people — name, number, address, e-mail. */
    q: Type.Optional(Type.String({ maxLength: 200 })),
  }),
  PageOf(Company),
)
export const getCompany = request('identity.get-company', Type.Object({ id: Id }), Company)
export const changeCompany = request(
  'identity.change-company',
  Type.Object({ id: Id, changes: Type.Partial(CompanyInput, { additionalProperties: false }) }),
  Company,
)

/** companyId null: a member of staff (admin only). */
export const inviteAccount = request(
  'identity.invite-account',
  Type.Object({
    companyId: Nullable(Id),
    email: EmailAddress,
    name: Type.String({ minLength: 1, maxLength: 200 }),
    roles: Type.Array(Role, { minItems: 1 }),
    language: Type.Optional(Language),
    idempotencyKey: Type.Optional(IdempotencyKey),
  }),
  Account,
)
export const listAccounts = request(
  'identity.list-accounts',
  Type.Object({ companyId: Nullable(Id), ...PageQuery }),
  PageOf(Account),
)
export const getAccount = request('identity.get-account', Type.Object({ id: Id }), Account)
/** Services and staff: names and languages of many at once; unknown ids are left out. */
export const getAccounts = request(
  'identity.get-accounts',
  Type.Object({ ids: Type.Array(Id, { maxItems: 100 }) }),
  Type.Object({ items: Type.Array(Account) }),
)
/** Services only: active staff with one of these roles, whom notification tells of new tickets. */
export const listStaff = request(
  'identity.list-staff',
  Type.Object({ roles: Type.Array(Role, { minItems: 1 }) }),
  Type.Object({ items: Type.Array(Account) }),
)
export const changeAccount = request(
  'identity.change-account',
  Type.Object({
    id: Id,
    changes: Type.Object(
      {
        status: Type.Optional(Type.Union([Type.Literal('active'), Type.Literal('inactive')])),
        roles: Type.Optional(Type.Array(Role, { minItems: 1 })),
        language: Type.Optional(Language),
        name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
        mutedMails: Account.properties.mutedMails,
        /** Of the house only; null: back at the counter. */
        absence: Account.properties.absence,
      },
      { additionalProperties: false },
    ),
  }),
  Account,
)
export const resendInvitation = request('identity.resend-invitation', Type.Object({ id: Id }), Account)

const SenderAddress = Type.Object({ address: EmailAddress, accountId: Id, createdAt: Instant })
export const listAddresses = request(
  'identity.list-addresses',
  Type.Object({ accountId: Id }),
  Type.Object({ items: Type.Array(SenderAddress) }),
)
export const addAddress = request(
  'identity.add-address',
  Type.Object({ accountId: Id, address: EmailAddress }),
  SenderAddress,
)
export const removeAddress = request(
  'identity.remove-address',
  Type.Object({ accountId: Id, address: EmailAddress }),
  Empty,
)
/** Services only: whose registered sender address this is. null: nobody's. */
export const findSender = request(
  'identity.find-sender',
  Type.Object({ address: Type.String({ maxLength: 320 }) }),
  Type.Object({ account: Nullable(Account) }),
)

export const companyRegistered = event('identity.company-registered', 1, Type.Object({ companyId: Id }))
export const companyChanged = event(
  'identity.company-changed',
  1,
  Type.Object({
    companyId: Id,
    fields: Type.Array(Type.String()),
    changes: Type.Optional(Type.Array(ChangedField)),
  }),
)
/** The welcome mail is due. Its link's secret is asked for with `linkId`. */
export const accountInvited = event(
  'identity.account-invited',
  1,
  Type.Object({ accountId: Id, companyId: Nullable(Id), linkId: Id }),
)
export const accountActivated = event(
  'identity.account-activated',
  1,
  Type.Object({ accountId: Id, companyId: Nullable(Id) }),
)
export const accountChanged = event(
  'identity.account-changed',
  1,
  Type.Object({
    accountId: Id,
    companyId: Nullable(Id),
    status: AccountStatus,
    fields: Type.Array(Type.String()),
    changes: Type.Optional(Type.Array(ChangedField)),
  }),
)
export const passwordResetRequested = event(
  'identity.password-reset-requested',
  1,
  Type.Object({ accountId: Id, linkId: Id }),
)
export const passwordChanged = event('identity.password-changed', 1, Type.Object({ accountId: Id }))
export const addressRegistered = event(
  'identity.address-registered',
  1,
  Type.Object({ accountId: Id, address: EmailAddress }),
)
export const addressRemoved = event(
  'identity.address-removed',
  1,
  Type.Object({ accountId: Id, address: EmailAddress }),
)

/** A session or token of this account has ended, or what it may do has changed: doors that hold one open ask again. */
export const accessChanged = live('identity.access-changed', Type.Object({ accountId: Id }))
