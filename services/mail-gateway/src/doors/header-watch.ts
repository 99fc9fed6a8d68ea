/** Looks at the headers as they pass: a mail that went round too often, or that we delivered already, is a loop. */
const MAX_RECEIVED = 50
const MAX_HEADER_BYTES = 256 * 1024

export interface HeaderWatch {
  /** The same bytes; can be left and taken up again. */
  through: (source: AsyncIterable<Buffer>) => AsyncIterableIterator<Buffer>
  loops: () => boolean
}

export function createHeaderWatch(ownAddress: string): HeaderWatch {
  const chunks: Buffer[] = []
  let size = 0

  function loops(): boolean {
    const all = Buffer.concat(chunks).toString('latin1')
    const end = /\r?\n\r?\n/.exec(all)?.index ?? all.length
    const headers = all.slice(0, end)
    const received = headers.match(/^received:/gim)?.length ?? 0
    const delivered = [...headers.matchAll(/^delivered-to:[ \t]*([^\r\n]*)/gim)].map((match) =>
      match[1]?.trim().toLowerCase(),
    )
    return received > MAX_RECEIVED || delivered.includes(ownAddress.toLowerCase())
  }

  return {
    loops,
    through: (source) => {
      const iterator = source[Symbol.asyncIterator]()
      return {
        next: async () => {
          const result = await iterator.next()
          if (result.done !== true && size < MAX_HEADER_BYTES) {
            chunks.push(result.value)
            size += result.value.length
          }
          return result
        },
        [Symbol.asyncIterator]() {
          return this
        },
      }
    },
  }
}
