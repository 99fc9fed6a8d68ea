/** argon2id with OWASP's parameters, off the main thread. The same work whether there is a hash to compare or not. */
import { hash, verify } from '@node-rs/argon2'

const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export interface Passwords {
  hash: (password: string) => Promise<string>
  /** With null (no account, not activated) it works as long and answers false. */
  matches: (encoded: string | null, password: string) => Promise<boolean>
}

export function createPasswords(): Passwords {
  let nobody: Promise<string> | undefined
  return {
    hash: (password) => hash(password, COST),
    matches: async (encoded, password) => {
      const compared = encoded ?? (await (nobody ??= hash('nobody has this password', COST)))
      return (await verify(compared, password)) && encoded !== null
    },
  }
}
