/** RFC 9457: how a failure is told to a program, with words for the person behind it. */
import { filledIn, type ErrorRow, type Failure } from '@guichet/contracts/failure'
import type { Language, LocalizedText } from '@guichet/contracts/values/language'
import { fieldErrors, httpErrors } from './errors.ts'

export interface Problem {
  type: string
  title: string
  status: number
  code: string
  detail: string
  errors?: { field: string; code: string; detail: string }[]
}

/** The rows a code is looked up in, nearest first. */
export type Wording = (code: string) => ErrorRow | undefined

const TITLES: Record<number, LocalizedText> = {
  400: { fr: 'Demande incorrecte', nl: 'Onjuiste aanvraag', en: 'Bad request' },
  401: { fr: 'Connexion requise', nl: 'Aanmelding vereist', en: 'Sign-in required' },
  403: { fr: 'Action non permise', nl: 'Niet toegestaan', en: 'Not allowed' },
  404: { fr: 'Introuvable', nl: 'Niet gevonden', en: 'Not found' },
  409: {
    fr: 'Impossible dans cet état',
    nl: 'Niet mogelijk in deze toestand',
    en: 'Not possible in this state',
  },
  410: { fr: 'Plus valable', nl: 'Niet meer geldig', en: 'No longer valid' },
  413: { fr: 'Trop volumineux', nl: 'Te groot', en: 'Too large' },
  415: { fr: 'Format non pris en charge', nl: 'Formaat niet ondersteund', en: 'Unsupported format' },
  422: { fr: 'À corriger', nl: 'Te verbeteren', en: 'Needs correction' },
  429: { fr: 'Trop de demandes', nl: 'Te veel aanvragen', en: 'Too many requests' },
  500: { fr: 'Erreur inattendue', nl: 'Onverwachte fout', en: 'Unexpected error' },
  503: { fr: 'Momentanément indisponible', nl: 'Tijdelijk niet beschikbaar', en: 'Temporarily unavailable' },
}

/** A code that no table knows is a defect: it is told as `internal`, and nothing of it leaves. */
export function problemOf(failure: Failure, wording: Wording, language: Language): Problem {
  const known = wording(failure.code)
  const row: ErrorRow = known ?? httpErrors.internal
  const problem: Problem = {
    type: 'about:blank',
    title: (TITLES[row.status] ?? TITLES[row.status < 500 ? 400 : 500])?.[language] ?? '',
    status: row.status,
    code: known ? failure.code : 'internal',
    detail: filledIn(row.text[language], failure.params),
  }
  if (known && failure.fields.length > 0) {
    problem.errors = failure.fields.map(({ path, code, params }) => ({
      field: path,
      code,
      detail: filledIn(fieldText(code, wording, language), params ?? {}),
    }))
  }
  return problem
}

function fieldText(code: string, wording: Wording, language: Language): string {
  const own = wording(code)?.text ?? (fieldErrors as Record<string, LocalizedText>)[code]
  return (own ?? fieldErrors['invalid-format'])[language]
}
