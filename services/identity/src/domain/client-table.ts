/** A table of clients and their people, as other systems export it: what each line says, and what is wrong with it. Pure. */
import type { CompanyInput } from '@guichet/contracts/identity'
import type { Role } from '@guichet/contracts/values/actor'
import type { Language } from '@guichet/contracts/values/language'
import { ENTERPRISE_NUMBER, folded, VAT_NUMBER, type ColumnNames } from '@guichet/contracts/values/table'
import { normalizeAddress } from './address.ts'
import { checkCompany } from './company.ts'

export const COLUMNS = {
  company: { fr: 'Société', nl: 'Bedrijf', en: 'Company', also: ['client', 'klant'] },
  vatNumber: VAT_NUMBER,
  enterpriseNumber: ENTERPRISE_NUMBER,
  street: { fr: 'Rue', nl: 'Straat', en: 'Street', also: ['adresse', 'adres'] },
  zip: { fr: 'Code postal', nl: 'Postcode', en: 'Zip', also: ['cp'] },
  city: { fr: 'Ville', nl: 'Plaats', en: 'City', also: ['localite', 'gemeente'] },
  country: { fr: 'Pays', nl: 'Land', en: 'Country' },
  language: { fr: 'Langue', nl: 'Taal', en: 'Language' },
  name: { fr: 'Nom', nl: 'Naam', en: 'Name', also: ['personne', 'contact'] },
  email: {
    fr: 'E-mail',
    nl: 'E-mail',
    en: 'E-mail',
    also: ['mail', 'adresseemail', 'courriel', 'emailadres'],
  },
  roles: { fr: 'Rôles', nl: 'Rollen', en: 'Roles', also: ['role', 'rol'] },
} as const satisfies Record<string, ColumnNames>
export type Column = keyof typeof COLUMNS
export const REQUIRED = ['company', 'name', 'email'] as const satisfies readonly Column[]

const ROLES: Record<string, Role> = {
  customer: 'customer',
  client: 'customer',
  klant: 'customer',
  manager: 'manager',
  responsable: 'manager',
  verantwoordelijke: 'manager',
  billing: 'billing',
  facturation: 'billing',
  facturatie: 'billing',
}
const LANGUAGES: Record<string, Language> = {
  fr: 'fr',
  francais: 'fr',
  frans: 'fr',
  nl: 'nl',
  neerlandais: 'nl',
  nederlands: 'nl',
  en: 'en',
  anglais: 'en',
  engels: 'en',
  english: 'en',
}

export interface TableFault {
  column: Column
  code: string
}

export interface ClientLine {
  line: number
  company: CompanyInput & { language: Language }
  person: { name: string; email: string; roles: Role[]; language: Language }
  faults: TableFault[]
}

export function readLine({ line, cell }: { line: number; cell: (column: Column) => string }): ClientLine {
  const faults: TableFault[] = []
  for (const column of REQUIRED) if (cell(column) === '') faults.push({ column, code: 'cell-missing' })
  const email = cell('email')
  if (email !== '' && normalizeAddress(email) === undefined)
    faults.push({ column: 'email', code: 'address-invalid' })
  const wantedRoles = cell('roles')
    .split(/[,+/&|]|\bet\b|\ben\b|\band\b/i)
    .map(folded)
    .filter((role) => role !== '')
  const roles = wantedRoles.flatMap((role) => ROLES[role] ?? [])
  if (roles.length < wantedRoles.length) faults.push({ column: 'roles', code: 'role-unknown' })
  const languageCell = folded(cell('language'))
  const language = LANGUAGES[languageCell]
  if (languageCell !== '' && !language) faults.push({ column: 'language', code: 'language-unknown' })
  const [street, zip, city] = [cell('street'), cell('zip'), cell('city')]
  const { input, faults: companyFaults } = checkCompany({
    name: cell('company'),
    vatNumber: cell('vatNumber') || null,
    enterpriseNumber: cell('enterpriseNumber') || null,
    address:
      street === '' && zip === '' && city === ''
        ? null
        : { street, zip, city, country: (cell('country') || 'BE').slice(0, 2).toUpperCase() },
  })
  faults.push(...companyFaults.map(({ path, code }) => ({ column: path as Column, code })))
  return {
    line,
    company: { ...input, name: cell('company'), language: language ?? 'fr' },
    person: {
      name: cell('name'),
      email,
      roles: roles.length > 0 ? [...new Set(roles)] : ['customer'],
      language: language ?? 'fr',
    },
    faults,
  }
}

/** Two lines are of one company by its enterprise number, else by its name. */
export function companyKey({
  name,
  enterpriseNumber,
}: Pick<CompanyInput, 'name' | 'enterpriseNumber'>): string {
  return enterpriseNumber ? `number ${enterpriseNumber}` : `name ${folded(name)}`
}
