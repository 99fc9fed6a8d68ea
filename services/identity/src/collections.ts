/** What identity owns. Uniqueness is by id: an address is a document of its own, which alone says whose it is. */
import type { AccessRules } from '@guichet/contracts/second-factor'
import type { Role } from '@guichet/contracts/values/actor'
import type { Collection, Store } from '@guichet/store'
import type { StoredAccount } from './domain/account.ts'
import type { StoredCompany } from './domain/company.ts'

export interface StoredAddress {
  accountId: string
  createdAt: string
}

/** A welcome or reset link, or one that confirms an address. Its id tells nothing; the token that opens it is derived from it by a key. */
export interface StoredLink {
  accountId: string
  purpose: 'activation' | 'password-reset' | 'address'
  /** What it confirms. */
  address?: string
  /** SHA-256 of the token, hex. */
  tokenHash: string
  expiresAt: string
  used: boolean
}

/** Id: SHA-256 of the cookie's secret. */
export interface StoredSession {
  accountId: string
  sessionEpoch: number
  createdAt: string
  expiresAt: string
  /** Written at most once an hour. */
  lastSeenAt?: string
  userAgent?: string
  clientAddress?: string
}

/** Id: SHA-256 of the token. */
export interface StoredApiToken {
  publicId: string
  name: string
  roles: Role[]
  createdAt: string
  expiresAt: string | null
  createdBy: string
}

export interface StoredKey {
  privateJwk: Record<string, unknown>
}

export interface Collections {
  companies: Collection<StoredCompany, 'all'>
  accounts: Collection<StoredAccount, 'ofCompany' | 'staff'>
  addresses: Collection<StoredAddress, 'ofAccount' | 'all'>
  links: Collection<StoredLink, 'byToken' | 'ofAccount' | 'byExpiry'>
  sessions: Collection<StoredSession, 'byExpiry' | 'ofAccount'>
  apiTokens: Collection<StoredApiToken, 'all' | 'byPublicId'>
  keys: Collection<StoredKey, never>
  accessRules: Collection<AccessRules, never>
}

/** By which a client is found. */
export function wordsOfCompany(company: StoredCompany): string {
  const { name, legalName, vatNumber, enterpriseNumber, address } = company
  return [name, legalName, vatNumber, enterpriseNumber, address?.street, address?.zip, address?.city]
    .filter(Boolean)
    .join(' ')
}

export const wordsOfAccount = ({ name, email }: StoredAccount): string => `${name} ${email}`

export function openCollections(store: Store): Collections {
  return {
    companies: store.collection<StoredCompany, 'all'>({
      name: 'companies',
      // 2: found by their words.
      indexRevision: 2,
      search: {
        words: wordsOfCompany,
        tags: () => ['all'],
      },
      indexes: { all: { keys: () => [['all']], sort: ({ createdAt }) => createdAt } },
    }),
    accounts: store.collection<StoredAccount, 'ofCompany' | 'staff'>({
      name: 'accounts',
      // 2: clients' people are found by their words.
      indexRevision: 2,
      search: {
        words: wordsOfAccount,
        tags: ({ companyId }) => [companyId === null ? 'house' : 'client'],
      },
      indexes: {
        ofCompany: { keys: ({ companyId }) => [[companyId ?? 'house']], sort: ({ createdAt }) => createdAt },
        staff: {
          keys: ({ companyId, status, roles }) =>
            companyId === null && status !== 'inactive' ? roles.map((role) => [role, status]) : [],
        },
      },
    }),
    addresses: store.collection<StoredAddress, 'ofAccount' | 'all'>({
      name: 'sender-addresses',
      indexes: {
        ofAccount: { keys: ({ accountId }) => [[accountId]], sort: ({ createdAt }) => createdAt },
        all: { keys: () => [['all']], sort: ({ createdAt }) => createdAt },
      },
    }),
    links: store.collection<StoredLink, 'byToken' | 'ofAccount' | 'byExpiry'>({
      name: 'links',
      indexes: {
        byToken: { keys: ({ tokenHash }) => [[tokenHash]] },
        ofAccount: { keys: ({ accountId, purpose }) => [[accountId, purpose]] },
        byExpiry: { keys: () => [['all']], sort: ({ expiresAt }) => expiresAt },
      },
    }),
    sessions: store.collection<StoredSession, 'byExpiry' | 'ofAccount'>({
      name: 'sessions',
      indexes: {
        byExpiry: { keys: () => [['all']], sort: ({ expiresAt }) => expiresAt },
        ofAccount: { keys: ({ accountId }) => [[accountId]], sort: ({ createdAt }) => createdAt },
      },
    }),
    apiTokens: store.collection<StoredApiToken, 'all' | 'byPublicId'>({
      name: 'api-tokens',
      indexes: {
        all: { keys: () => [['all']], sort: ({ createdAt }) => createdAt },
        byPublicId: { keys: ({ publicId }) => [[publicId]] },
      },
    }),
    keys: store.collection<StoredKey, never>({ name: 'signing-keys' }),
    accessRules: store.collection<AccessRules, never>({ name: 'access-rules' }),
  }
}
