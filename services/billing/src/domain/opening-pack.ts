/**
 * When prepaid hours of another system are here already. Such a pack has no number of ours: the client's own reference
 * is its key, else the day on which it ends. Pure.
 */
import { folded } from '@guichet/contracts/values/table'
import type { OpeningPack } from './opening-table.ts'
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

/**
 * The one that a line says again. `otherwise`: it is here with other hours or another end, and which of them is right
 * is not ours to say. One that has no reference, here or in the file, is known by its hours and its end,
 * unless another line of the file says that one.
 */
export function knownPack(
  packs: readonly KnownPack[],
  pack: OpeningPack,
  keysInFile: ReadonlySet<string>,
): { id: string; otherwise: boolean } | undefined {
  const old = packs.filter(({ takenOver }) => takenOver)
  const same = ({ minutes, validUntil }: KnownPack) =>
    minutes === pack.minutes && validUntil === pack.validUntil
  const underKey = old.filter((one) => packKey(one) === packKey(pack))
  const known =
    underKey.find(same) ??
    underKey[0] ??
    old.find(
      (one) =>
        (pack.reference === null || one.reference === undefined) &&
        same(one) &&
        !keysInFile.has(packKey(one)),
    )
  return known && { id: known.id, otherwise: !same(known) }
}
