/** What the house says in its mails in its own words. */
import { mailTextsChanged, type MailTexts } from '@guichet/contracts/notification'
import type { Actor } from '@guichet/contracts/values/actor'
import { changedFields, newEvent, retryOnConflict, STAFF_ONLY, type ServiceParts } from '@guichet/service'
import type { MailTextsSetting } from '../collections.ts'
import { inLanguages, trimmed } from '../domain/mail-texts.ts'

const ID = 'mail-texts'
const NONE = { fr: '', nl: '', en: '' }

export async function mailTextsOf(setting: MailTextsSetting): Promise<MailTexts> {
  return (await setting.get(ID))?.value ?? { signature: NONE, receipt: NONE }
}

export async function answerPutMailTexts(
  { clock }: ServiceParts,
  setting: MailTextsSetting,
  given: MailTexts,
  actor: Actor,
): Promise<MailTexts> {
  const texts = trimmed(given)
  return await retryOnConflict(async () => {
    const stored = await setting.get(ID)
    const changes = changedFields(stored && inLanguages(stored.value), inLanguages(texts))
    await setting.commit({
      id: ID,
      expectedVersion: stored?.version ?? 0,
      value: texts,
      events: [newEvent(mailTextsChanged, { changes }, { actor, audience: STAFF_ONLY, at: clock.now() })],
    })
    return texts
  })
}
