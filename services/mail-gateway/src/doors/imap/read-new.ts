/**
 * Takes in what is new in a mailbox: by UID from where it stood (kept in the store), so that an outage of any length
 * loses nothing. A mail's ledger row has an id that mailbox, UIDVALIDITY and UID give: read twice (a crash, a second
 * copy), it is taken once. Only then is it marked as read, or moved. Nothing is parsed here.
 */
import { idFromKey } from '@guichet/contracts/values/id'
import { newBlobId, VersionConflict } from '@guichet/store'
import type { ImapFlow } from 'imapflow'
import type { MailboxPosition } from '../../collections.ts'
import type { Context } from '../../context.ts'
import { takeIn, type Delivery } from '../../intake.ts'

/** Kept on the mail: after the server has numbered the mailbox anew, what bears it is not taken again. */
export const TAKEN = '$GuichetTaken'
/** Above this a mail is streamed to a blob instead of through memory. */
const SMALL_BYTES = 48 * 1024
/** So often the position is written while there is a lot; what lies between is looked at twice, taken once. */
const POSITION_EVERY = 25

export interface Mailbox {
  /** `user@host/INBOX`: what it is called in the store. */
  name: string
  /** Where what was taken goes; null: it stays, marked as read. */
  moveTo: string | null
}

/** How many were taken. The mailbox is selected. @throws whatever store or server refuse: the position stays behind. */
export async function readNew(
  context: Context,
  client: ImapFlow,
  mailbox: Mailbox,
  stopped: AbortSignal,
): Promise<number> {
  const selected = client.mailbox
  if (!selected) throw new Error('no mailbox is selected')
  const validity = String(selected.uidValidity)
  const known = await context.collections.mailboxes.get(mailbox.name)
  const position = startOf(known?.value, validity)
  const uids = await newUids(client, position)
  let version = known?.version ?? 0
  let reached = position.lastUid
  let taken = 0

  async function remember(lastUid: number): Promise<void> {
    const value = { validity, lastUid, hasBegun: true }
    if (version > 0 && known && same(known.value, value)) return
    try {
      const stored = await context.collections.mailboxes.commit({
        id: mailbox.name,
        expectedVersion: version,
        value,
      })
      version = stored.version
    } catch (error) {
      // Another copy reads it too and is further: its rows are ours.
      if (!(error instanceof VersionConflict)) throw error
      version = (await context.collections.mailboxes.get(mailbox.name))?.version ?? 0
    }
  }

  for (const [index, uid] of uids.entries()) {
    if (stopped.aborted) break
    if (await takeOne(context, client, mailbox, validity, uid)) taken += 1
    reached = Math.max(reached, uid)
    if (index % POSITION_EVERY === POSITION_EVERY - 1 && position.hasBegun) await remember(reached)
  }
  // The beginning counts as made when all that lay unread is in.
  if (!stopped.aborted) await remember(position.hasBegun ? reached : Math.max(reached, selected.uidNext - 1))
  return taken
}

/** Where to go on: where it stood, or from the beginning when the server has numbered its mails anew. */
function startOf(known: MailboxPosition | undefined, validity: string): MailboxPosition {
  if (known?.validity === validity) return known
  return { validity, lastUid: 0, hasBegun: known !== undefined }
}

function same(a: MailboxPosition, b: MailboxPosition): boolean {
  return a.validity === b.validity && a.lastUid === b.lastUid && a.hasBegun === b.hasBegun
}

/**
 * At the very first start only what nobody has read yet: years of answered mail are not new tickets. From then on
 * everything, read or not: a person may have looked at it in the mailbox before us.
 */
async function newUids(client: ImapFlow, { lastUid, hasBegun }: MailboxPosition): Promise<number[]> {
  const query = hasBegun ? { uid: `${lastUid + 1}:*`, unKeyword: TAKEN } : { seen: false, unKeyword: TAKEN }
  const found = await client.search(query, { uid: true })
  // `n:*` always names the last mail, also when that is older than n.
  return (found || []).filter((uid) => uid > lastUid).toSorted((a, b) => a - b)
}

/** False: it was taken before, or is gone (expunged, moved by a person) before it was ours. */
async function takeOne(
  context: Context,
  client: ImapFlow,
  mailbox: Mailbox,
  validity: string,
  uid: number,
): Promise<boolean> {
  const id = idFromKey('imap', `${mailbox.name}\n${validity}\n${uid}`)
  const had = (await context.collections.received.get(id)) !== undefined
  if (!had) {
    const raw = await fetchRaw(context, client, uid)
    if (!raw) return false
    await takeIn(
      context,
      { door: 'imap', clientAddress: null, helo: null, mailFrom: '', rcptTo: [], raw },
      id,
    )
  }
  await client.messageFlagsAdd(String(uid), ['\\Seen', TAKEN], { uid: true })
  if (mailbox.moveTo !== null) await client.messageMove(String(uid), mailbox.moveTo, { uid: true })
  return !had
}

async function fetchRaw(
  { parts }: Context,
  client: ImapFlow,
  uid: number,
): Promise<Delivery['raw'] | undefined> {
  const about = await client.fetchOne(String(uid), { uid: true, size: true }, { uid: true })
  if (!about) return undefined
  if ((about.size ?? 0) <= SMALL_BYTES) {
    const whole = await client.fetchOne(String(uid), { uid: true, source: true }, { uid: true })
    return whole && whole.source ? { bytes: whole.source } : undefined
  }
  const download = await client.download(String(uid), undefined, { uid: true })
  if (!('content' in download) || !download.content) return undefined
  const blobId = newBlobId()
  const { size } = await parts.store.blobs.put(blobId, download.content as AsyncIterable<Uint8Array>)
  if (size === about.size || (await isWhole(client, uid, size))) return { blobId, size }
  await parts.store.blobs.remove(blobId)
  return undefined
}

/**
 * A large mail comes in several answers, which simply end where it is expunged or moved away in between: half of one
 * is no mail. The announced size alone proves nothing: some servers estimate it. False: it is gone, and not ours.
 * @throws Error when there is more of it.
 */
async function isWhole(client: ImapFlow, uid: number, size: number): Promise<boolean> {
  const beyond = { uid: true, source: { start: size, maxLength: 1 } }
  const rest = await client.fetchOne(String(uid), beyond, { uid: true })
  if (!rest) return false
  if (rest.source && rest.source.length > 0) throw new Error('a mail came in part only; it is fetched again')
  return true
}
