/** An invoice run: a period, the companies it has still to draft, and what it left out. */

export interface SkippedCompany {
  companyId: string
  reason: string
  kinds?: string[]
  entries?: number
}

export interface StoredRun {
  from: string
  to: string
  /** null: every company. */
  companyId: string | null
  startedAt: string
  state: 'running' | 'done'
  skipped: SkippedCompany[]
}
