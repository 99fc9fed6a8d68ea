/** Prepaid hours from a table: looked over and taken by the same walk, with and without writing. */
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import type { OpeningPackLine, takeOverPacks } from '@guichet/contracts/take-over'
import type { Actor } from '@guichet/contracts/values/actor'
import { idFromKey } from '@guichet/contracts/values/id'
import type { Context } from '../context.ts'
import { judgePacks, packKey } from '../domain/opening-pack.ts'
import {
  clientCalled,
  PACK_COLUMNS,
  readPackLine,
  type OpeningPack,
  type PackColumn,
} from '../domain/opening-table.ts'
import { inBatches } from '../drafting/in-batches.ts'
import { sellPacks } from '../selling/sell-pack.ts'
import { clientOf, countsOf, openTable } from '../taking-over/table.ts'

/** Events of one write: a document's wait for the broker together, and not without end. */
const MOST_AT_ONCE = 50

interface PackLine {
  line: number
  pack: OpeningPack
}

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
  const today = context.today()
  const ofClient = new Map<string, PackLine[]>()
  const read = table.rows.map(({ line, cell }) => {
    const { faults, pack, ...said } = readPackLine(cell, today)
    const whose = table.whose(clientOf(cell))
    const company = 'client' in whose ? whose.client : undefined
    if (!('client' in whose)) faults.unshift(whose)
    if (company && pack) ofClient.set(company.id, [...(ofClient.get(company.id) ?? []), { line, pack }])
    return { line, cell, faults, said, company }
  })
  const verdicts = new Map(
    (
      await inBatches([...ofClient], async ([companyId, lines]) => {
        const packs = (await context.packLedgers.get(companyId))?.value.packs ?? []
        const judged = judgePacks(packs, lines)
        const missing = lines.filter(({ line }) => judged.get(line) === 'new')
        if (commit) await take(context, companyId, missing, actor)
        return [...judged]
      })
    ).flat(),
  )
  const lines = read.map(({ line, cell, faults, said, company }): OpeningPackLine => {
    const verdict = verdicts.get(line) ?? 'faulty'
    if (typeof verdict === 'object') faults.push(verdict)
    return {
      line,
      client: clientCalled(cell),
      company: company ? { id: company.id, name: company.name } : null,
      outcome: typeof verdict === 'object' ? 'faulty' : verdict,
      faults: table.faultsOf(faults),
      ...said,
    }
  })
  const made = lines.filter(({ outcome }) => outcome === 'new')
  return {
    lines,
    ...countsOf(lines),
    minutes: made.reduce((total, { minutes }) => total + (minutes ?? 0), 0),
  }
}

async function take(
  context: Context,
  companyId: string,
  lines: readonly PackLine[],
  by: Actor,
): Promise<void> {
  const sales = lines.map(({ pack: { reference, ...terms } }) => ({
    id: idFromKey(`pack taken over for ${companyId}`, packKey({ reference, ...terms })),
    pack: { ...terms, takenOver: true, ...(reference === null ? {} : { reference }) },
  }))
  for (let at = 0; at < sales.length; at += MOST_AT_ONCE)
    await sellPacks(context, companyId, sales.slice(at, at + MOST_AT_ONCE), by)
}
