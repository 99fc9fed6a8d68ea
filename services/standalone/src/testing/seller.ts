import type { putSeller } from '@guichet/contracts/billing'
import type { InputOf } from '@guichet/contracts/definition'

/** The house that bills, as an admin fills it in. */
export const SELLER: InputOf<typeof putSeller>['seller'] = {
  name: 'Exeko',
  legalName: 'Exeko',
  legalForm: 'SRL',
  vatNumber: 'BE0428759497',
  enterpriseNumber: '0428759497',
  registry: 'RPM Nivelles',
  address: { street: 'Avenue des Arts 8', zip: '1348', city: 'Louvain-la-Neuve', country: 'BE' },
  iban: 'BE68539007547034',
  email: 'compta@exeko.test',
  vatRegime: 'normal',
  invoiceLanguage: 'fr',
}
