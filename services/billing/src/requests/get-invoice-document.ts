import type { getInvoiceDocument } from '@guichet/contracts/billing'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { Actor } from '@guichet/contracts/values/actor'
import type { Context } from '../context.ts'
import { visibleInvoice } from './visible-invoice.ts'

/** The bytes as issued. */
export async function answerGetInvoiceDocument(
  context: Context,
  { id, format }: InputOf<typeof getInvoiceDocument>,
  actor: Actor,
): Promise<OutputOf<typeof getInvoiceDocument>> {
  const { value } = await visibleInvoice(context, id, actor)
  if (!value.issued) throw new Failure('invoice-not-issued')
  if (value.takenOver) throw new Failure('invoice-taken-over')
  const document = value.issued.documents[format]
  if (!document) throw new Failure('no-electronic-invoice', { params: { company: value.companyName } })
  const { blobId, name, type, size, sha256 } = document
  return { blobId, name, type, size, sha256 }
}
