/** [MS-OXTNEF]: built here field by field, as Outlook writes it. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { filesOfTnef } from './tnef.ts'

const u16 = (value: number) => {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}
const u32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
const pad = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])
const attribute = (level: number, id: number, value: Buffer) =>
  Buffer.concat([Buffer.from([level]), u32(id), u32(value.length), value, u16(0)])
const unicode = (id: number, value: string) => {
  const bytes = Buffer.from(`${value}\0`, 'utf16le')
  return Buffer.concat([u16(0x1f), u16(id), u32(1), u32(bytes.length), pad(bytes)])
}
const properties = (...each: Buffer[]) => Buffer.concat([u32(each.length), ...each])
/** A property of a set of its own, by name: to be passed over. */
const named = () => {
  const name = Buffer.from('x-kind\0', 'utf16le')
  return Buffer.concat([
    u16(0x03),
    u16(0x8001),
    Buffer.alloc(16),
    u32(1),
    u32(name.length),
    pad(name),
    u32(7),
  ])
}
const winmail = (...attributes: Buffer[]) => Buffer.concat([u32(0x223e9f78), u16(1), ...attributes])

const OF_THE_MESSAGE = attribute(1, 0x00089006, u32(0x00010000))
const rendering = attribute(2, 0x00069002, Buffer.alloc(14))
const file = (short: string, content: string, ...more: Buffer[]) => [
  rendering,
  attribute(2, 0x00018010, Buffer.from(`${short}\0`, 'latin1')),
  attribute(2, 0x0006800f, Buffer.from(content)),
  ...(more.length > 0 ? [attribute(2, 0x00069005, properties(...more))] : []),
]
const read = (bytes: Buffer) =>
  filesOfTnef(bytes)?.map((each) => [each.name, each.type, Buffer.from(each.bytes).toString()])

test('files come out under their long names and their types, and under the short ones where there are no other', () => {
  const bytes = winmail(
    OF_THE_MESSAGE,
    ...file(
      'DEVIS~1.PDF',
      '%PDF-1.7',
      named(),
      unicode(0x3707, 'Devis été 2026.pdf'),
      unicode(0x370e, 'application/pdf'),
    ),
    ...file('NOTE.TXT', 'Bonjour'),
  )
  expect(read(bytes)).toEqual([
    ['Devis été 2026.pdf', 'application/pdf', '%PDF-1.7'],
    ['NOTE.TXT', 'application/octet-stream', 'Bonjour'],
  ])
})

const WHOLE = winmail(...file('A.TXT', 'Bonjour', unicode(0x3707, 'a.txt')))
test.each([
  ['no TNEF', Buffer.from('%PDF-1.7')],
  ['nothing', Buffer.alloc(0)],
  ['a text without files', winmail(OF_THE_MESSAGE)],
  ['a message in the message, whose data is elsewhere', winmail(...file('A.TXT', 'a'), rendering)],
  ['a length beyond the end', winmail(Buffer.concat([Buffer.from([2]), u32(0x0006800f), u32(0xffffffff)]))],
  ['more properties than there are', winmail(rendering, attribute(2, 0x00069005, u32(0xffffffff)))],
  ['one that is cut off', WHOLE.subarray(0, -20)],
])('%s is not unpacked: it stays the file it is', (_what, bytes) => {
  expect(filesOfTnef(bytes)).toBeUndefined()
})

test('any bytes end, and what comes out is never more than what came in', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(WHOLE.length), (noise, at) => {
      const bytes = Buffer.concat([WHOLE.subarray(0, at), noise, WHOLE.subarray(at)])
      const size = (filesOfTnef(bytes) ?? []).reduce((sum, each) => sum + each.bytes.length, 0)
      expect(size).toBeLessThanOrEqual(bytes.length)
    }),
  )
})
