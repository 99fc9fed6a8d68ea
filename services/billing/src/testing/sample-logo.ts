/** A PNG with transparency, as a designer would hand it over: a rounded mark on nothing. */
import { crc32, deflateSync } from 'node:zlib'

export function sampleLogo(width = 220, height = 60): Uint8Array {
  const rows = Buffer.alloc(height * (1 + width * 4))
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const inside = Math.hypot(Math.min(x - 30, 0, 0) || Math.max(x - (width - 30), 0), y - 30) <= 30
      rows.set(
        [0x1f, 0x4e, 0x79, inside ? 255 - Math.floor((x / width) * 160) : 0],
        y * (1 + width * 4) + 1 + x * 4,
      )
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // 8 bits, RGBA.
  header.set([8, 6, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
