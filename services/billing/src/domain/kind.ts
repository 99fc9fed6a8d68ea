/** How kinds of work, and what is charged by the month, are told apart by name. */

/** `Support`, `support ` and `SUPPORT` are one kind. */
export function kindKey(kind: string): string {
  return kind.trim().normalize('NFC').toLocaleLowerCase('fr')
}
