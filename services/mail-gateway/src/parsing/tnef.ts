/**
 * The files in a winmail.dat (Microsoft's TNEF, [MS-OXTNEF]), as Outlook sends them where it writes in its own format.
 * Nothing in it is compressed that is read here: what comes out is never more than what came in.
 */
const SIGNATURE = 0x22_3e_9f_78
const ATTACHMENT = 2
const RENDERING = 0x9002
const TITLE = 0x8010
const DATA = 0x800f
const PROPERTIES = 0x9005

const LONG_NAME = 0x3707
const MEDIA_TYPE = 0x370e
const NAMED = 0x8000
const MULTIPLE = 0x1000
/** Bytes of a value of a fixed size, padding included, by MAPI type. */
const FIXED: Readonly<Record<number, number>> = {
  0x02: 4,
  0x03: 4,
  0x04: 4,
  0x05: 8,
  0x06: 8,
  0x07: 8,
  0x0a: 4,
  0x0b: 4,
  0x14: 8,
  0x40: 8,
  0x48: 16,
}
const STRING = 0x1e
const UNICODE = 0x1f
const VARIABLE = new Set([STRING, UNICODE, 0x0d, 0x102])

export interface TnefFile {
  name: string
  type: string
  bytes: Uint8Array
}

/** @returns undefined for what is no TNEF, is cut off, holds no file, or holds one that is not read here. */
export function filesOfTnef(given: Uint8Array): TnefFile[] | undefined {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength)
  try {
    const files = attachmentsOf(bytes)
    const whole = files.filter((file): file is TnefFile => file.bytes !== undefined)
    return whole.length > 0 && whole.length === files.length ? whole : undefined
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

type Reading = Omit<TnefFile, 'bytes'> & { bytes?: Uint8Array }

function attachmentsOf(bytes: Buffer): Reading[] {
  if (bytes.readUInt32LE(0) !== SIGNATURE) return []
  const files: Reading[] = []
  let at = 6
  while (at < bytes.length) {
    const level = bytes.readUInt8(at)
    const attribute = bytes.readUInt16LE(at + 1)
    const value = piece(bytes, at + 9, bytes.readUInt32LE(at + 5))
    // Behind the value stands a checksum.
    at += 9 + value.length + 2
    if (level !== ATTACHMENT) continue
    if (attribute === RENDERING) files.push({ name: '', type: 'application/octet-stream' })
    const file = files.at(-1)
    if (!file) continue
    if (attribute === TITLE) file.name ||= text(value, 'latin1')
    if (attribute === DATA) file.bytes = value
    if (attribute === PROPERTIES) takeProperties(value, file)
  }
  return files
}

function takeProperties(bytes: Buffer, file: Reading): void {
  let at = 4
  for (let left = bytes.readUInt32LE(0); left > 0; left -= 1) {
    const type = bytes.readUInt16LE(at)
    const id = bytes.readUInt16LE(at + 2)
    at = id >= NAMED ? pastName(bytes, at + 4) : at + 4
    const { value, end } = valueAt(bytes, at, type)
    at = end
    const encoding = (type & ~MULTIPLE) === UNICODE ? 'utf16le' : 'latin1'
    if (id === LONG_NAME) file.name = text(value, encoding)
    if (id === MEDIA_TYPE) file.type = text(value, encoding)
  }
}

/** A named property: its set, and its number or its name. */
function pastName(bytes: Buffer, at: number): number {
  const kind = bytes.readUInt32LE(at + 16)
  return kind === 0 ? at + 24 : at + 24 + padded(bytes.readUInt32LE(at + 20))
}

/** The value at `at`, the last of several, and where the next property begins. */
function valueAt(bytes: Buffer, at: number, type: number): { value: Buffer; end: number } {
  const base = type & ~MULTIPLE
  const size = FIXED[base]
  if (size !== undefined) {
    const several = type & MULTIPLE ? bytes.readUInt32LE(at) : undefined
    const from = several === undefined ? at : at + 4
    const value = piece(bytes, from, size * (several ?? 1))
    return { value, end: from + value.length }
  }
  if (!VARIABLE.has(base)) throw new RangeError('no such type')
  let end = at + 4
  let value = bytes.subarray(0, 0)
  for (let left = bytes.readUInt32LE(at); left > 0; left -= 1) {
    value = piece(bytes, end + 4, bytes.readUInt32LE(end))
    end += 4 + padded(value.length)
  }
  return { value, end }
}

const padded = (length: number): number => Math.ceil(length / 4) * 4

/** @throws RangeError where the whole ends before it does. */
function piece(bytes: Buffer, from: number, length: number): Buffer {
  if (from + length > bytes.length) throw new RangeError('cut off')
  return bytes.subarray(from, from + length)
}

function text(value: Buffer, encoding: 'latin1' | 'utf16le'): string {
  const [before = ''] = value.toString(encoding).split('\0')
  return before
}
