/** Who is called by `@` in what an agent writes. Pure. */

export interface Colleague {
  id: string
  name: string
}

const MOST_CHARACTERS = 120

/** `Zoé` and `zoe` are one name to whoever types it. */
const folded = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

/**
 * The ids of the colleagues named after an `@` that begins a word, by their whole name, or by their first name where
 * only one is called so. An address (`sos@exeko.be`) calls nobody.
 */
export function mentionedIn(text: string, colleagues: readonly Colleague[]): string[] {
  const mentioned = new Set<string>()
  for (const { index } of text.matchAll(/(?<![\p{L}\p{N}._-])@(?=\p{L})/gu)) {
    const id = calledBy(folded(text.slice(index + 1, index + 1 + MOST_CHARACTERS)), colleagues)
    if (id !== undefined) mentioned.add(id)
  }
  return [...mentioned]
}

function calledBy(after: string, colleagues: readonly Colleague[]): string | undefined {
  const [whole] = colleagues
    .filter(({ name }) => begins(after, folded(name)))
    .toSorted((a, b) => b.name.length - a.name.length)
  if (whole) return whole.id
  const byFirstName = colleagues.filter(({ name }) => begins(after, folded(name.split(' ')[0] ?? '')))
  return byFirstName.length === 1 ? byFirstName[0]?.id : undefined
}

/** The name ends where the text's word does. */
function begins(text: string, name: string): boolean {
  return name !== '' && text.startsWith(name) && !/^[\p{L}\p{N}]/u.test(text.slice(name.length))
}
