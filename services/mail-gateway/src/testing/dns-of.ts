/** A made-up DNS and keys for it: tests of authentication ask no network. */
import { generateKeyPairSync } from 'node:crypto'
import { createResolver, type Resolve } from '../resolver.ts'

/** `TXT client.test` → its strings; 'silent' answers nothing; what is missing does not exist. */
export type Records = Record<string, string[] | 'silent'>

const coded = (code: string) => Object.assign(new Error(code), { code })

export function dnsOf(records: Records): Resolve {
  return createResolver({
    withinMs: 20,
    resolve: async (name, type) => {
      const found = records[`${type} ${name.toLowerCase()}`]
      if (found === 'silent') return await new Promise(() => undefined)
      if (found === undefined) throw coded('ENOTFOUND')
      return type === 'TXT' ? found.map((each) => [each]) : found
    },
  })
}

export const newKey = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })

export const keyRecord = (publicKey: Buffer) => `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`
