/** Invoices and what is done with them. */
import type { Page } from '../../page.ts'
import { invoiceList } from './list.tsx'
import { monthEndPages } from './month-end.tsx'
import { nextInvoicePage } from './next.tsx'
import { oneInvoicePages } from './one.tsx'
import { openingTablePages } from './opening-tables.tsx'
import { receivablePages } from './receivables.tsx'

export const invoicePages: readonly Page[] = [
  invoiceList,
  nextInvoicePage,
  ...monthEndPages,
  ...receivablePages,
  ...openingTablePages,
  ...oneInvoicePages,
]
