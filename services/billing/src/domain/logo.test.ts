import { expect, test } from 'vitest'
import { imageFault, MOST_LOGO_BYTES } from './logo.ts'

/** SOI, an APP0 of 16 bytes, a frame header of so many channels. */
const jpeg = (channels: number, frame = 0xc2) =>
  new Uint8Array([
    0xff,
    0xd8,
    0xff,
    0xe0,
    0,
    16,
    ...Array<number>(14).fill(0),
    0xff,
    frame,
    0,
    8 + channels * 3,
    8,
    0,
    60,
    0,
    220,
    channels,
    ...Array<number>(channels * 3).fill(1),
  ])

test('PNG and JPEG may be tried, printers’ colours may not', () => {
  expect(imageFault(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))).toBeUndefined()
  for (const channels of [1, 3]) expect(imageFault(jpeg(channels))).toBeUndefined()
  for (const frame of [0xc0, 0xc1, 0xc2]) expect(imageFault(jpeg(4, frame))?.code).toBe('logo-unreadable')
})

test('nothing else, and nothing heavy', () => {
  for (const text of ['', 'GIF89a', '<svg/>', '%PDF-1.7']) {
    expect(imageFault(new TextEncoder().encode(text))?.code).toBe('logo-not-an-image')
  }
  expect(imageFault(new Uint8Array(MOST_LOGO_BYTES + 1))?.code).toBe('logo-too-large')
})
