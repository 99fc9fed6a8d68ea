/** spec/security.md line 14: what a file is, by its bytes against its claim. */
import { expect, test } from 'vitest'
import { detectType } from './media-type.ts'

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  )
const PDF = bytes('%PDF-1.7\n')
const PNG = bytes(
  [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  [0, 0, 0, 13],
  'IHDR',
  Array.from({ length: 21 }, () => 0),
)
const EXE = bytes(
  'MZ',
  Array.from({ length: 200 }, () => 0),
)
const ZIP = bytes(
  [0x50, 0x4b, 0x03, 0x04],
  Array.from({ length: 60 }, () => 0),
)

test.each([
  ['a PDF that says so', PDF, 'application/pdf', 'application/pdf'],
  ['a picture that calls itself a PDF', PNG, 'application/pdf', 'image/png'],
  ['a program that calls itself a picture', EXE, 'image/png', 'application/x-msdownload'],
  ['text that calls itself a PDF', bytes('bonjour'), 'application/pdf', 'application/octet-stream'],
  ['text that calls itself a picture', bytes('<script>'), 'image/jpeg', 'application/octet-stream'],
  ['plain text', bytes('bonjour'), 'text/plain; charset=utf-8', 'text/plain'],
  ['a claim that is no media type', bytes('bonjour'), 'text/plain\r\nX: y', 'application/octet-stream'],
  [
    'an office file, a zip by its bytes',
    ZIP,
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ],
  ['a zip that calls itself a picture', ZIP, 'image/png', 'application/zip'],
])('%s', async (_what, head, declared, type) => {
  expect(await detectType(head, declared)).toBe(type)
})
