/** A table of clients and their people, as other systems export it: what each line says, and what is wrong with it. Pure. */
import type { CompanyInput } from '@guichet/contracts/identity'
import type { Role } from '@guichet/contracts/values/actor'
import type { Language } from '@guichet/contracts/values/language'
import { normalizeAddress } from './address.ts'
import { checkCompany } from './company.ts'

/** What a column may be called; case, accents and spaces aside. */
const COLUMNS = {
  company: ['company', 'societe', 'client', 'klant', 'bedrijf'],
  vatNumber: ['vatnumber', 'tva', 'numerodetva', 'btw', 'btwnummer', 'vat'],
  enterpriseNumber: ['enterprisenumber', 'numerodentreprise', 'ondernemingsnummer', 'bce', 'kbo'],
  street: ['street', 'rue', 'straat', 'adresse', 'adres'],
  zip: ['zip', 'codepostal', 'cp', 'postcode'],
  city: ['city', 'ville', 'localite', 'plaats', 'gemeente'],
  country: ['country', 'pays', 'land'],
  language: ['language', 'langue', 'taal'],
  name: ['name', 'nom', 'personne', 'naam', 'contact'],
  email: ['email', 'mail', 'adresseemail', 'courriel', 'emailadres'],
  roles: ['roles', 'role', 'rol', 'rollen'],
} as const
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

const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .replace(/\p{M}/gu, '')
    .toLowerCase()

/** Which column of the file is which of ours; what nobody knows is left out. */
export function columnsOf(header: readonly string[]): Map<Column, number> {
  const found = new Map<Column, number>()
  header.forEach((given, index) => {
    const name = folded(given)
    const column = (Object.keys(COLUMNS) as Column[]).find((each) =>
      (COLUMNS[each] as readonly string[]).includes(name),
    )
    if (column && !found.has(column)) found.set(column, index)
  })
  return found
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

export function readLine(
  cells: readonly string[],
  columns: ReadonlyMap<Column, number>,
  line: number,
): ClientLine {
  const cell = (column: Column): string => cells[columns.get(column) ?? -1]?.trim() ?? ''
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
