/** By code units: ids, ISO days and instants sort by it as they follow one another; not for what people read. */
export function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
