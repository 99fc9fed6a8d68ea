/** Prepaid hours from a table: looked over and taken by the same walk, with and without writing. */
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import type { OpeningPackLine, takeOverPacks } from '@guichet/contracts/take-over'
import type { Actor } from '@guichet/contracts/values/actor'
import { idFromKey } from '@guichet/contracts/values/id'
import type { Context } from '../context.ts'
import {
  clientCalled,
  PACK_COLUMNS,
  readPackLine,
  type OpeningPack,
  type PackColumn,
} from '../domain/opening-table.ts'
import { knownPack, packKey, type KnownPack } from '../domain/opening-pack.ts'
import { sellPack } from '../selling/sell-pack.ts'
import { clientOf, countsOf, firstOfEach, openTable } from '../taking-over/table.ts'

export async function answerTakeOverPacks(
  context: Context,
  { blobId, commit, language = 'fr' }: InputOf<typeof takeOverPacks>,
  actor: Actor,
): Promise<OutputOf<typeof takeOverPacks>> {
  const table = await openTable<PackColumn>(context, blobId, {
    columns: PACK_COLUMNS,
    required: ['hours', 'validUntil'],
    language,
  })
  const twice = firstOfEach()
  const today = context.today()
  const lines: OpeningPackLine[] = []
  const read = table.rows.map(({ line, cell }) => {
    const { faults, pack, ...said } = readPackLine(cell, today)
    const whose = table.whose(clientOf(cell))
    const company = 'client' in whose ? whose.client : undefined
    if (!('client' in whose)) faults.unshift(whose)
    return { line, cell, faults, pack, said, company }
  })
  const keysOf = (companyId: string) =>
    new Set(read.flatMap(({ company, pack }) => (company?.id === companyId && pack ? [packKey(pack)] : [])))
  const packsOf = packsOnce(context, keysOf)
  // One after the other: the packs of a client are one document.
  for (const { line, cell, faults, pack, said, company } of read) {
    let outcome: OpeningPackLine['outcome'] = 'faulty'
    if (company && pack) {
      const key = packKey(pack)
      const before = twice(`${company.id} ${key}`, line)
      const { packs, keys } = await packsOf(company.id)
      const known = knownPack(packs, pack, keys)
      if (before !== undefined)
        faults.push({ column: 'reference', code: 'line-twice', params: { line: before } })
      else if (known?.otherwise) faults.push({ column: 'reference', code: 'pack-known-otherwise' })
      else outcome = known ? 'known' : 'new'
      // One pack is what one line says.
      if (known)
        packs.splice(
          packs.findIndex(({ id }) => id === known.id),
          1,
        )
      if (commit && outcome === 'new') await take(context, company.id, pack, actor)
    }
    lines.push({
      line,
      client: clientCalled(cell),
      company: company ? { id: company.id, name: company.name } : null,
      outcome,
      faults: table.faultsOf(faults),
      ...said,
    })
  }
  const made = lines.filter(({ outcome }) => outcome === 'new')
  return {
    lines,
    ...countsOf(lines),
    minutes: made.reduce((total, { minutes }) => total + (minutes ?? 0), 0),
  }
}

interface PacksOfClient {
  packs: KnownPack[]
  /** Of the lines of the file that are this client's. */
  keys: Set<string>
}

/** As they were before the table: what its lines make is no reason to find another of its lines known. */
function packsOnce(
  { packLedgers }: Context,
  keysOf: (companyId: string) => Set<string>,
): (companyId: string) => Promise<PacksOfClient> {
  const read = new Map<string, PacksOfClient>()
  return async (companyId) => {
    const known = read.get(companyId)
    if (known) return known
    const packs = [...((await packLedgers.get(companyId))?.value.packs ?? [])]
    const first = { packs, keys: keysOf(companyId) }
    read.set(companyId, first)
    return first
  }
}

async function take(
  context: Context,
  companyId: string,
  { reference, ...terms }: OpeningPack,
  by: Actor,
): Promise<void> {
  await sellPack(context, {
    id: idFromKey(`pack taken over for ${companyId}`, packKey({ reference, ...terms })),
    companyId,
    pack: { ...terms, takenOver: true, ...(reference === null ? {} : { reference }) },
    by,
  })
}
