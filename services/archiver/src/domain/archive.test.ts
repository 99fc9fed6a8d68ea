import { expect, test } from 'vitest'
import { checksumOf, decodeArchive, encodeArchive, type Archive } from './archive.ts'

const archive: Archive = {
  facts: {
    number: 1001,
    subject: 'Imprimante du 2e étage',
    status: 'closed',
    priority: 'normal',
    requesterId: 'anne',
    companyId: 'c1',
    participantIds: [],
    assigneeId: null,
    mergedInto: null,
  },
  openedAt: '2026-08-01T08:00:00.000Z',
  closedAt: '2026-08-02T08:00:00.000Z',
  timeline: [],
  attachments: [],
}

test('what is read is what was kept', () => {
  expect(decodeArchive(encodeArchive(archive))).toEqual(archive)
})

test('one altered byte is another checksum', () => {
  const bytes = encodeArchive(archive)
  const altered = Uint8Array.from(bytes)
  altered[20] = (altered[20] ?? 0) ^ 1
  expect(checksumOf(altered)).not.toBe(checksumOf(bytes))
})

test('the checksum is SHA-256 (FIPS 180-4, "abc")', () => {
  expect(checksumOf(new TextEncoder().encode('abc'))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
})
