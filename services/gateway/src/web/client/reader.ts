/** Whose browser this is now: what is kept here is kept per account, so that a shared computer shows nobody's text. */
export function accountId(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="guichet-account"]')?.content ?? ''
}

/** `key` under this reader, e.g. `guichet/0199…/draft/ticket-1001`. */
export function ownKey(key: string): string {
  return `guichet/${accountId()}/${key}`
}

/** A full or forbidden storage costs a convenience, never the page. */
export const kept = {
  read: (key: string): string | null => {
    try {
      return localStorage.getItem(ownKey(key))
    } catch {
      return null
    }
  },
  write: (key: string, value: string | null): boolean => {
    try {
      if (value === null) localStorage.removeItem(ownKey(key))
      else localStorage.setItem(ownKey(key), value)
      return true
    } catch {
      return false
    }
  },
}
