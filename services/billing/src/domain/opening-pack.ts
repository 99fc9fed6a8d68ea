/**
 * When prepaid hours of another system are here already. Such a pack has no number of ours: the client's own reference
 * is its key, else the day on which it ends. Pure.
 */
import { folded } from '@guichet/contracts/values/table'
import type { ColumnFault, OpeningPack, PackColumn } from './opening-table.ts'
import type { StoredPack } from './packs.ts'

/** Under it a client has one pack. */
export const packKey = ({
  reference,
  validUntil,
}: {
  reference?: string | null
  validUntil: string
}): string => (reference == null ? `until ${validUntil}` : `called ${folded(reference) || reference}`)

/** Of a pack that is here, what tells it from others. */
export type KnownPack = Pick<StoredPack, 'id' | 'minutes' | 'validUntil' | 'takenOver' | 'reference'>

type Verdict = 'new' | 'known' | ColumnFault<PackColumn>

/** Of all lines of a client's packs, in their order: which are new. `packs` are those that are here. */
export function judgePacks(
  packs: readonly KnownPack[],
  lines: readonly { line: number; pack: OpeningPack }[],
): Map<number, Verdict> {
  const left = packs.filter(({ takenOver }) => takenOver)
  const keys = new Set(lines.map(({ pack }) => packKey(pack)))
  const firsts = new Map<string, number>()
  const verdicts = new Map<number, Verdict>()
  for (const { line, pack } of lines) {
    const key = packKey(pack)
    const before = firsts.get(key)
    if (before !== undefined) {
      verdicts.set(line, { column: 'reference', code: 'line-twice', params: { line: before } })
      continue
    }
    firsts.set(key, line)
    const known = knownPack(left, pack, keys)
    // One pack is what one line says.
    if (known) left.splice(left.indexOf(known), 1)
    if (!known) verdicts.set(line, 'new')
    else if (isSame(known, pack)) verdicts.set(line, 'known')
    // Which of the two is right is not ours to say.
    else verdicts.set(line, { column: 'reference', code: 'pack-known-otherwise' })
  }
  return verdicts
}

const isSame = (one: KnownPack, { minutes, validUntil }: OpeningPack) =>
  minutes === one.minutes && validUntil === one.validUntil

/**
 * The one that a line says again. One that has no reference, here or in the file, is known by its hours and its end,
 * unless another line of the file says that one.
 */
function knownPack(
  packs: readonly KnownPack[],
  pack: OpeningPack,
  keysInFile: ReadonlySet<string>,
): KnownPack | undefined {
  const underKey = packs.filter((one) => packKey(one) === packKey(pack))
  const isUnnamed = (one: KnownPack) => pack.reference === null || one.reference === undefined
  return (
    underKey.find((one) => isSame(one, pack)) ??
    underKey[0] ??
    packs.find((one) => isUnnamed(one) && isSame(one, pack) && !keysInFile.has(packKey(one)))
  )
}
