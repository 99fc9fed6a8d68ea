/**
 * Issued documents are kept for ten years as the bytes that were issued: each is read and its hash compared with the
 * one written down when its number was taken. Source: spec/invoicing.md section 2.
 */
import { createHash } from 'node:crypto'
import { BlobMissing, type Blobs } from '@guichet/store'
import type { Invoices } from '../collections.ts'
import type { DocumentReference } from '../domain/invoice.ts'

export interface BrokenDocument {
  number: string
  document: 'pdf' | 'ubl'
  problem: 'missing' | 'changed'
}

export interface VerifiedPage {
  checked: number
  broken: BrokenDocument[]
  next: string | null
}

/** One page of all that was ever issued. */
export async function verifyPage(
  { invoices, blobs }: { invoices: Invoices; blobs: Blobs },
  { limit, cursor }: { limit?: number; cursor?: string },
): Promise<VerifiedPage> {
  const page = await invoices.find({ index: 'list', key: ['all'], order: 'asc', limit, cursor })
  const broken: BrokenDocument[] = []
  let checked = 0
  for (const { value } of page.items) {
    if (!value.issued) continue
    for (const document of ['pdf', 'ubl'] as const) {
      const reference = value.issued.documents[document]
      if (!reference) continue
      checked += 1
      const problem = await problemOf(blobs, reference)
      if (problem) broken.push({ number: value.issued.number, document, problem })
    }
  }
  return { checked, broken, next: page.next }
}

async function problemOf(
  blobs: Blobs,
  { blobId, sha256, size }: DocumentReference,
): Promise<BrokenDocument['problem'] | undefined> {
  try {
    const { stream } = await blobs.open(blobId)
    const hash = createHash('sha256')
    let length = 0
    for await (const chunk of stream) {
      hash.update(chunk)
      length += chunk.length
    }
    return hash.digest('hex') === sha256 && length === size ? undefined : 'changed'
  } catch (error) {
    // The store knows of none, or knows of one whose file is gone.
    if (error instanceof BlobMissing || (error as NodeJS.ErrnoException).code === 'ENOENT') return 'missing'
    throw error
  }
}
