import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { putLogo } from '@guichet/contracts/letterhead'
import type { Actor } from '@guichet/contracts/values/actor'
import { retryOnConflict } from '@guichet/service'
import { LOGO_ID } from '../collections.ts'
import type { Context } from '../context.ts'
import { imageFault } from '../domain/logo.ts'
import { trialOrder } from '../documents/trial-order.ts'
import { settingsChanged } from '../settings-changed.ts'

/** A picture that no invoice could be drawn with is refused now, and not on the day of invoicing: one is drawn with it. */
export async function answerPutLogo(
  context: Context,
  { logo }: InputOf<typeof putLogo>,
  actor: Actor,
): Promise<OutputOf<typeof putLogo>> {
  const { logos, parts, printer } = context
  if (logo) {
    const bytes = await parts.store.blobs.read(logo.blobId)
    const fault = imageFault(bytes)
    if (fault) throw new Failure('invalid-input', { fields: [fault] })
    try {
      await printer.print(trialOrder({ id: logo.blobId, bytes }))
    } catch (error) {
      const fields = [{ path: 'files', code: 'logo-unreadable' }]
      throw new Failure('invalid-input', { fields, cause: error })
    }
  }
  await retryOnConflict(async () => {
    const stored = await logos.get(LOGO_ID)
    await logos.commit({
      id: LOGO_ID,
      expectedVersion: stored?.version ?? (await logos.tombstone(LOGO_ID)) ?? 0,
      value: logo,
      keeps: logo ? [logo.blobId] : [],
      events: settingsChanged(context, { setting: 'logo', before: stored?.value, after: logo }, actor),
    })
  })
  return logo
}
