/** What each priority means, in three languages: the house's convention with its clients. */
import { ticketSettingsChanged, type Priority } from '@guichet/contracts/ticket'
import type { Actor } from '@guichet/contracts/values/actor'
import type { LocalizedText } from '@guichet/contracts/values/language'
import { changedFields, newEvent, retryOnConflict, STAFF_ONLY } from '@guichet/service'
import type { Context } from '../context.ts'

const ID = 'priorities'

const DEFAULTS: Record<Priority, LocalizedText> = {
  low: {
    fr: 'Une question ou un souhait, sans gêne pour travailler.',
    nl: 'Een vraag of een wens; u kunt gewoon doorwerken.',
    en: 'A question or a wish; work goes on as usual.',
  },
  normal: {
    fr: 'Un problème gênant pour une personne, qui peut continuer autrement.',
    nl: 'Een hinderlijk probleem voor één persoon, die anders verder kan.',
    en: 'A problem that hinders one person, who can go on another way.',
  },
  high: {
    fr: 'Une personne ne peut plus travailler, ou plusieurs sont gênées.',
    nl: 'Eén persoon kan niet meer werken, of meerdere worden gehinderd.',
    en: 'One person cannot work, or several are hindered.',
  },
  urgent: {
    fr: 'Plus personne ne peut travailler, ou des données sont en danger. Appelez-nous aussi.',
    nl: 'Niemand kan nog werken, of er zijn gegevens in gevaar. Bel ons ook.',
    en: 'Nobody can work, or data is in danger. Call us as well.',
  },
}

export async function answerGetPriorities({
  collections,
}: Context): Promise<Record<Priority, LocalizedText>> {
  return (await collections.settings.get(ID))?.value.priorities ?? DEFAULTS
}

export async function answerPutPriorities(
  { collections, parts }: Context,
  priorities: Record<Priority, LocalizedText>,
  actor: Actor,
): Promise<Record<Priority, LocalizedText>> {
  return await retryOnConflict(async () => {
    const stored = await collections.settings.get(ID)
    await collections.settings.commit({
      id: ID,
      expectedVersion: stored?.version ?? 0,
      value: { priorities },
      events: [
        newEvent(
          ticketSettingsChanged,
          { setting: ID, changes: changedFields(stored?.value.priorities ?? DEFAULTS, priorities) },
          { actor, audience: STAFF_ONLY, at: parts.clock.now() },
        ),
      ],
    })
    return priorities
  })
}
