/** argon2id with OWASP's parameters, off the main thread. The same work whether there is a hash to compare or not. */
import { hash, verify } from '@node-rs/argon2'

/** OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane; a salt of its own in each hash. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
/** Of 256 random bits that nobody kept, at the same cost: compared with where there is no account. */
export const NOBODY =
  '$argon2id$v=19$m=19456,t=2,p=1$XdN/+WTfLS666F1ZS7JxFg$rH9RJg/0TrQ7n/VbHSSSSjiKGUt+tRz8+xiuFgGXamY'

export interface Passwords {
  hash: (password: string) => Promise<string>
  /** With null (no account, not activated) it works as long and answers false. */
  matches: (encoded: string | null, password: string) => Promise<boolean>
}

export function createPasswords(): Passwords {
  return {
    hash: (password) => hash(password, COST),
    matches: async (encoded, password) => (await verify(encoded ?? NOBODY, password)) && encoded !== null,
  }
}
