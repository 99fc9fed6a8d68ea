/** What each part of the contract's page is given. */
import type { Contract } from '@guichet/contracts/billing'
import type { ComponentChildren } from 'preact'
import type { PageCall, Refusal } from '../../page.ts'

export interface ContractPart {
  call: PageCall
  companyId: string
  contract: Contract
  refusal: Refusal | undefined
  mayChange: boolean
  /** From which day it counts. */
  children: ComponentChildren
}
