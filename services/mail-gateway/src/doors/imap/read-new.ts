/**
 * Takes in what is new in a mailbox: by UID from where it stood (kept in the store), so that an outage of any length
 * loses nothing. A mail's ledger row has an id that mailbox, UIDVALIDITY and UID give: read twice (a crash, a second
 * copy), it is taken once. Only then is it marked as read, and moved. Nothing is parsed here.
 */
import { idFromKey } from '@guichet/contracts/values/id'
import { newBlobId, VersionConflict } from '@guichet/store'
import type { ImapFlow } from 'imapflow'
import type { MailboxPosition } from '../../collections.ts'
import type { Context } from '../../context.ts'
import { SMALL_BYTES, takeIn, type Delivery } from '../../intake.ts'

/** Kept on the mail: after the server has numbered the mailbox anew, what bears it is not taken again. */
export const TAKEN = '$GuichetTaken'
/** So often the position is written while there is a lot; what lies between is looked at twice, taken once. */
const POSITION_EVERY = 25

export interface Mailbox {
  /** `user@host/INBOX`: what it is called in the store. */
  name: string
  /** Where what was taken goes; null: it stays, marked as read. */
  moveTo: string | null
}

export interface ReadingCopy {
  stopped: AbortSignal
  /** All copies take mails in, one moves them: moved by two at the same moment, a mail is there twice (Dovecot). */
  leads: () => boolean
}

/** How many were taken. The mailbox is selected. @throws whatever store or server refuse: the position stays behind. */
export async function readNew(
  context: Context,
  client: ImapFlow,
  mailbox: Mailbox,
  { stopped, leads }: ReadingCopy,
): Promise<number> {
  const selected = client.mailbox
  if (!selected) throw new Error('no mailbox is selected')
  const validity = String(selected.uidValidity)
  const known = await context.collections.mailboxes.get(mailbox.name)
  // Taken before anything else is asked: what others do in the mailbox raises it.
  const position = startOf(known?.value, validity, selected.uidNext)
  let latest = known
  const { fresh, left } = await toDo(client, mailbox, position)
  let taken = 0
  let unmoved = Infinity
  let refused = 0

  async function remember(value: MailboxPosition): Promise<void> {
    if (latest && !isFurther(value, latest.value)) return
    try {
      const { version } = await context.collections.mailboxes.commit({
        id: mailbox.name,
        expectedVersion: latest?.version ?? 0,
        value,
      })
      latest = { id: mailbox.name, version, value }
    } catch (error) {
      // Another copy reads it too: where it is further, its rows are ours.
      if (!(error instanceof VersionConflict)) throw error
      latest = await context.collections.mailboxes.get(mailbox.name)
    }
  }
  const upTo = (uid: number) => remember({ validity, lastUid: Math.min(uid, unmoved - 1), hasBegun: true })

  async function away(uid: number): Promise<void> {
    if (mailbox.moveTo === null) return
    const isLeft = !leads()
    if (!isLeft && (await moved(client, uid, mailbox.moveTo))) return
    unmoved = Math.min(unmoved, uid)
    if (!isLeft) refused += 1
  }

  if (!position.hasBegun) await remember(position)
  for (const uid of left) {
    if (stopped.aborted) break
    // Without a row under this number it is not of this mailbox's time: numbered anew, or put back by a person.
    if (await context.collections.received.get(rowOf(mailbox, validity, uid))) await away(uid)
  }
  for (const [index, uid] of fresh.entries()) {
    if (stopped.aborted) break
    const result = await takeOne(context, client, rowOf(mailbox, validity, uid), uid)
    if (result === 'taken') taken += 1
    if (result !== 'gone') await away(uid)
    if (index % POSITION_EVERY === POSITION_EVERY - 1 && position.hasBegun) await upTo(uid)
  }
  if (stopped.aborted) return taken
  if (position.hasBegun) await upTo(fresh.at(-1) ?? position.lastUid)
  // The beginning counts as made when all that lay unread is in, and where it belongs.
  else if (unmoved === Infinity) await upTo(position.lastUid)
  if (refused > 0)
    context.parts.log.warn(
      { folder: mailbox.moveTo },
      'the mailbox’s server moves no mail to IMAP_MOVE_TO; what was taken stays where it is and is tried again',
    )
  return taken
}

/**
 * Where to go on: where it stood; from the beginning when the server has numbered its mails anew; at the very first
 * start from its end, which is written down at once, for all that comes from then on is taken.
 */
function startOf(known: MailboxPosition | undefined, validity: string, uidNext: number): MailboxPosition {
  if (known?.validity === validity) return known
  if (known?.hasBegun) return { validity, lastUid: 0, hasBegun: true }
  return { validity, lastUid: uidNext - 1, hasBegun: false }
}

function isFurther(a: MailboxPosition, b: MailboxPosition): boolean {
  if (a.validity !== b.validity) return true
  return a.hasBegun === b.hasBegun ? a.lastUid > b.lastUid : a.hasBegun
}

/**
 * `fresh` is to be taken: at the very first start only what nobody has read yet (years of answered mail are not new
 * tickets), from then on everything, read or not: a person may have looked at it in the mailbox before us. `left` was
 * taken and is still to be moved away: we died in between, or the server refused.
 */
async function toDo(client: ImapFlow, { moveTo }: Mailbox, { lastUid, hasBegun }: MailboxPosition) {
  const since = { uid: `${lastUid + 1}:*` }
  // `n:*` always names the last mail, also when that is older than n.
  const later = async (query: object) =>
    (await found(client, { ...since, ...query })).filter((uid) => uid > lastUid)
  const unread = hasBegun ? [] : await found(client, { seen: false, unKeyword: TAKEN })
  const fresh = new Set([...unread, ...(await later({ unKeyword: TAKEN }))])
  const left =
    moveTo === null
      ? []
      : hasBegun
        ? await later({ keyword: TAKEN })
        : await found(client, { keyword: TAKEN })
  return { fresh: [...fresh].toSorted((a, b) => a - b), left }
}

/** @throws Error where the server refuses to search: that is not "nothing found". */
async function found(client: ImapFlow, query: object): Promise<number[]> {
  const uids = await client.search(query, { uid: true })
  if (!uids) throw new Error('the server refuses to search the mailbox')
  return uids
}

const rowOf = (mailbox: Mailbox, validity: string, uid: number) =>
  idFromKey('imap', `${mailbox.name}\n${validity}\n${uid}`)

/** `had`: taken before, or by another copy meanwhile. `gone`: expunged or moved by a person before it was ours. */
async function takeOne(
  context: Context,
  client: ImapFlow,
  id: string,
  uid: number,
): Promise<'taken' | 'had' | 'gone'> {
  let result: 'taken' | 'had' = 'had'
  if ((await context.collections.received.get(id)) === undefined) {
    const raw = await fetchRaw(context, client, uid)
    if (!raw) return 'gone'
    result = (await isOurs(context, raw, id)) ? 'taken' : 'had'
  }
  const isMarked = await client.messageFlagsAdd(String(uid), ['\\Seen', TAKEN], { uid: true })
  // Where the connection has ended that is no answer of the server's: this throws then.
  if (!isMarked) await client.fetchOne(String(uid), { uid: true }, { uid: true })
  return result
}

/** False: another copy was faster. */
async function isOurs(context: Context, raw: Delivery['raw'], id: string): Promise<boolean> {
  try {
    await takeIn(
      context,
      { door: 'imap', clientAddress: null, helo: null, mailFrom: '', rcptTo: [], raw },
      id,
    )
    return true
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error
    if ('blobId' in raw) await context.parts.store.blobs.remove(raw.blobId)
    return false
  }
}

/** Away from here, by us or by others. A folder that is not there yet is made. */
async function moved(client: ImapFlow, uid: number, folder: string): Promise<boolean> {
  const move = async () => Boolean(await client.messageMove(String(uid), folder, { uid: true }))
  if (await move()) return true
  if (!(await client.fetchOne(String(uid), { uid: true }, { uid: true }))) return true
  await client.mailboxCreate(folder).catch(() => undefined)
  return await move()
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
  const { size } = await parts.store.blobs.put(blobId, download.content as AsyncIterable<Uint8Array>, {
    keptNext: true,
  })
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
