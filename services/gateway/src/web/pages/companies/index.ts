/** Clients, their people and contracts; the house's own people. */
import type { Page } from '../../page.ts'
import { colleaguesPage } from './colleagues.tsx'
import { contractPages } from './contract.tsx'
import { companyList } from './list.tsx'
import { companyPage, companyRecordPage } from './one.tsx'
import { peoplePages } from './person.tsx'

export const companyPages: readonly Page[] = [
  companyList,
  colleaguesPage,
  companyPage,
  companyRecordPage,
  ...contractPages,
  ...peoplePages,
]
