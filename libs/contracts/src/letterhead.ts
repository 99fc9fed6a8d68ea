/** Owned by services/billing: what stands at the head of the house's invoices beside its name. */
import { Type, type Static } from 'typebox'
import { request } from './definition.ts'
import { StoredAttachment } from './values/attachment.ts'
import { Empty, Nullable } from './values/scalars.ts'

export const Logo = Type.Pick(StoredAttachment, ['blobId', 'name', 'type', 'size'])
export type Logo = Static<typeof Logo>

export const getLogo = request('billing.get-logo', Empty, Nullable(Logo))
/** PNG or JPEG; null: the name stands there again. Invoices that are issued keep what they had. */
export const putLogo = request('billing.put-logo', Type.Object({ logo: Nullable(Logo) }), Nullable(Logo))
