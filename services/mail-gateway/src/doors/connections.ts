/** How many connections each client has open: one that holds them all would shut everybody else out. */
export interface Connections {
  /** False: one too many; it is not counted. */
  admits: (address: string) => boolean
  left: (address: string) => void
}

export function createConnections(mostEach: number, exempt: (address: string) => boolean): Connections {
  const open = new Map<string, number>()
  return {
    admits: (address) => {
      const count = open.get(address) ?? 0
      if (count >= mostEach && !exempt(address)) return false
      open.set(address, count + 1)
      return true
    },
    left: (address) => {
      const count = open.get(address) ?? 0
      if (count <= 1) open.delete(address)
      else open.set(address, count - 1)
    },
  }
}
