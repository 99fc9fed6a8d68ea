/** Clients, their people and contracts; the house's own people. */
import type { Page } from '../../page.ts'
import { colleaguesPage } from './colleagues.tsx'
import { contractPages } from './contract.tsx'
import { importPages } from './import.tsx'
import { companyList } from './list.tsx'
import { companyPage, companyRecordPage } from './one.tsx'
import { peoplePages } from './person.tsx'

export const companyPages: readonly Page[] = [
  companyList,
  ...importPages,
  colleaguesPage,
  companyPage,
  companyRecordPage,
  ...contractPages,
  ...peoplePages,
]
