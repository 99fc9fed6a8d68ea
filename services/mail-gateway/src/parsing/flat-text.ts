/**
 * The words of an HTML that is nested or long beyond what the converter takes: read once, tag by tag, nothing is built
 * and nothing calls itself, so that its time is that of its length. Layout is lost, no word is.
 */
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2'

const BREAKS = new Set(
  'address article blockquote br dd div dl dt footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section table td th tr ul'.split(
    ' ',
  ),
)
const nothing = () => undefined
const IGNORED: TokenizerCallbacks = {
  onattribdata: nothing,
  onattribentity: nothing,
  onattribend: nothing,
  onattribname: nothing,
  oncdata: nothing,
  onclosetag: nothing,
  oncomment: nothing,
  ondeclaration: nothing,
  onend: nothing,
  onopentagend: nothing,
  onopentagname: nothing,
  onprocessinginstruction: nothing,
  onselfclosingtag: nothing,
  ontext: nothing,
  ontextentity: nothing,
}
const UNSEEN = new Set(['script', 'style', 'title', 'head', 'template'])

export function flatText(html: string): string {
  const parts: string[] = []
  let unseen = 0
  const nameAt = (start: number, end: number) => html.slice(start, end).toLowerCase()
  // The tokenizer alone: the parser above it keeps a stack whose cost grows with each tag that is never closed.
  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      ...IGNORED,
      onopentagname: (start, end) => {
        const name = nameAt(start, end)
        if (UNSEEN.has(name)) unseen += 1
        if (BREAKS.has(name)) parts.push('\n')
      },
      onclosetag: (start, end) => {
        const name = nameAt(start, end)
        if (UNSEEN.has(name)) unseen = Math.max(0, unseen - 1)
        if (BREAKS.has(name)) parts.push('\n')
      },
      ontext: (start, end) => {
        if (unseen === 0) parts.push(html.slice(start, end).replace(/[\r\n\t]/g, ' '))
      },
      ontextentity: (codepoint) => {
        if (unseen === 0) parts.push(String.fromCodePoint(codepoint))
      },
    },
  )
  tokenizer.write(html)
  tokenizer.end()
  return parts
    .join('')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
}
