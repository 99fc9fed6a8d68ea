import { Compile } from 'typebox/compile'
import { Type, type Static } from 'typebox'
import { LegalTerms } from './domain/legal-terms.ts'
import { isRealDay } from './domain/days.ts'

/**
 * Belgium. Late payment: law of 2 August 2002, 40 EUR since 16 March 2013; 60 days
 * at most between businesses since 1 February 2022 (law of 14 August 2021).
 */
const BELGIUM: LegalTerms[] = [
  { from: '2013-03-16', lateIndemnity: '40.00', maximumTermDays: 365 },
  { from: '2022-02-01', lateIndemnity: '40.00', maximumTermDays: 60 },
]

const legalTerms = Compile(Type.Array(LegalTerms, { minItems: 1 }))

export function parseLegalTerms(text: string): LegalTerms[] | undefined {
  try {
    const rows: unknown = JSON.parse(text)
    return legalTerms.Check(rows) && rows.every(({ from }) => isRealDay(from)) ? rows : undefined
  } catch {
    return undefined
  }
}

export const billingConfig = Type.Object({
  TZ: Type.String({ default: 'Europe/Brussels', description: 'Whose calendar invoices are dated by' }),
  PUBLIC_URL: Type.String({ default: '', description: 'Links to tickets on invoices begin with it' }),
  DATA_DIR: Type.String({ default: './data', minLength: 1 }),
  ACCESS_POINT_URL: Type.String({
    default: '',
    pattern: '^(https?://[^\\s?#]+[^\\s?#/])?$',
    description: 'The Peppol access point that carries invoices; none: they are put into a folder',
    mend: 'https://access-point.example.com/v1, without a slash at the end',
  }),
  ACCESS_POINT_TOKEN: Type.String({ default: '', secret: true, description: 'Bearer token for it' }),
  ACCESS_POINT_WEBHOOK_SECRET: Type.String({
    default: '',
    secret: true,
    description: 'What it shows when it says that there is news; none: it is only asked',
  }),
  INVOICE_EXPORT_DIR: Type.String({
    default: '',
    description: 'Where issued invoices are put without an access point; default: invoice-export in DATA_DIR',
  }),
  LEGAL_TERMS: Type.String({
    default: JSON.stringify(BELGIUM),
    description: 'Dated rates and ceilings, as JSON: [{from, lateIndemnity, maximumTermDays}]',
    mend: 'a JSON list of {"from": "2022-02-01", "lateIndemnity": "40.00", "maximumTermDays": 60}',
    fits: (text: string) => parseLegalTerms(text) !== undefined,
  }),
})
export type BillingConfig = Static<typeof billingConfig>
