import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { signBlobReference, verifyBlobReference } from './blob-reference.ts'
import { createSecrets } from './secrets.ts'

const secrets = createSecrets(new Uint8Array(32).fill(1))
const now = Temporal.Instant.from('2026-11-24T10:00:00Z')
const expires = now.add({ minutes: 5 })

describe('blob references', () => {
  it('bring back what was signed', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (blobId) => {
        const text = signBlobReference(secrets, { blobId, expires })
        expect(text).toMatch(/^[\w.-]+$/)
        expect(verifyBlobReference(secrets, text, now)?.blobId).toBe(blobId.toWellFormed())
      }),
    )
  })

  it('with one character changed are refused', () => {
    const text = signBlobReference(secrets, { blobId: 'b1', expires })
    const signature = text.lastIndexOf('.') + 1
    for (let at = 0; at < text.length; at += 1) {
      // The last character of base64url carries bits that decode to nothing.
      if (at === text.length - 1) continue
      const other = at < signature && /\d/.test(text[at] ?? '') ? '3' : text[at] === 'A' ? 'B' : 'A'
      if (other === text[at]) continue
      const altered = text.slice(0, at) + other + text.slice(at + 1)
      expect(verifyBlobReference(secrets, altered, now), altered).toBeUndefined()
    }
  })

  it('end, and are worthless in another cluster', () => {
    const text = signBlobReference(secrets, { blobId: 'b1', expires })
    expect(verifyBlobReference(secrets, text, expires)).toBeUndefined()
    const elsewhere = createSecrets(new Uint8Array(32).fill(2))
    expect(verifyBlobReference(elsewhere, text, now)).toBeUndefined()
  })
})

describe('secrets', () => {
  it('differ by purpose and are the same everywhere', () => {
    const again = createSecrets(new Uint8Array(32).fill(1))
    expect(secrets.key('a')).toEqual(again.key('a'))
    expect(secrets.key('a')).not.toEqual(secrets.key('b'))
    expect(secrets.key('a')).toHaveLength(32)
  })

  it('refuse a short cluster secret', () => {
    expect(() => createSecrets(new Uint8Array(31))).toThrow(/32 bytes/)
  })
})
