/**
 * The port to whatever carries electronic invoices: a Peppol access point (a certified provider's; the product never
 * claims to be one), or a folder. Source: spec/invoicing.md section 6.
 */
import type { DeliveryReason } from '../domain/delivery.ts'

export interface Shipment {
  number: string
  issuedOn: string
  /** `0208:0403019261`. */
  sender: string | null
  recipient: string | null
  ubl: Uint8Array | null
  pdf: Uint8Array
}

export type Progress =
  { state: 'under-way' } | { state: 'delivered' } | { state: 'failed'; said: string | null }

export interface AccessPoint {
  channel: 'peppol' | 'folder'
  /** Whether what was handed over can be asked about. */
  follows: boolean
  /** Whether this participant takes such documents. @throws AccessPointTrouble */
  lookup(recipient: string | null): Promise<boolean>
  /** The same key again is the same submission, and gives the same id. @throws AccessPointTrouble, AccessPointRefusal */
  submit(shipment: Shipment, idempotencyKey: string): Promise<string>
  /** @throws AccessPointTrouble */
  status(submissionId: string): Promise<Progress>
}

/** Not now: it is away, slow or busy. Trying again may help. */
export class AccessPointTrouble extends Error {
  readonly reason: DeliveryReason
  constructor(said: string) {
    super(`the access point is in trouble: ${said}`)
    this.reason = { code: 'access-point-unreachable', said }
  }
}

/** Not this document: trying again changes nothing. */
export class AccessPointRefusal extends Error {
  readonly reason: DeliveryReason
  constructor(said: string | null) {
    super(`the access point refused: ${said ?? ''}`)
    this.reason = { code: 'access-point-refused', said }
  }
}
