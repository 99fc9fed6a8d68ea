/** Who: initials in a circle, and the name as text beside it. */
export function Initials({ name, staff = false }: { name: string; staff?: boolean }) {
  return (
    <span class={staff ? 'initials staff' : 'initials'} aria-hidden="true">
      {initialsOf(name)}
    </span>
  )
}

export function Person({ name, staff = false, detail }: { name: string; staff?: boolean; detail?: string }) {
  return (
    <span class="person">
      <Initials name={name} staff={staff} />
      <span>
        {name}
        {detail ? <small> · {detail}</small> : null}
      </span>
    </span>
  )
}

/** `Anne Van den Broeck` → `AB`: first and last word, as people sign. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s-]+/).filter((word) => /^\p{L}/u.test(word))
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words
  return letters.map((word) => word?.[0]?.toUpperCase() ?? '').join('') || '?'
}
