/** An XML file of ours, read back as it stands: elements, attributes, text. No entities but the five, no comments. */
export interface Node {
  /** With its prefix: `cbc:ID`. */
  name: string
  attributes: Record<string, string>
  children: Node[]
  text: string
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const NAME = /^[\w:.-]+$/
const OPENING = /<([\w:.-]+)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>/y

/** undefined: what stands there is no XML of this kind. */
export function readXml(bytes: Uint8Array): Node | undefined {
  const source = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  const top = nodeOf('')
  const open: Node[] = [top]
  let at = 0
  while (at < source.length) {
    const parent = open.at(-1)
    if (!parent) return undefined
    const tag = source.indexOf('<', at)
    const end = tag < 0 ? source.length : tag
    if (end > at) {
      const text = unescaped(source.slice(at, end))
      if (text === undefined) return undefined
      parent.text += text
      at = end
      continue
    }
    const close = source.indexOf('>', at)
    if (close < 0) return undefined
    const inside = source.slice(at + 1, close)
    at = close + 1
    if (inside.startsWith('?')) {
      if (!inside.endsWith('?')) return undefined
    } else if (inside.startsWith('/')) {
      if (open.length === 1 || open.pop()?.name !== inside.slice(1)) return undefined
    } else if (NAME.test(inside)) {
      const node = nodeOf(inside)
      parent.children.push(node)
      open.push(node)
    } else {
      OPENING.lastIndex = tag
      const [, name, attributes = '', closed] = OPENING.exec(source) ?? []
      const read = attributesOf(attributes)
      if (name === undefined || !read) return undefined
      const node = nodeOf(name, read)
      parent.children.push(node)
      if (closed !== '/') open.push(node)
      at = OPENING.lastIndex
    }
  }
  return open.length === 1 && top.children.length === 1 ? top.children[0] : undefined
}

function nodeOf(name: string, attributes: Record<string, string> = {}): Node {
  return { name, attributes, children: [], text: '' }
}

function attributesOf(text: string): Record<string, string> | undefined {
  const attributes: Record<string, string> = {}
  for (const [, name = '', escaped = ''] of text.matchAll(/([\w:.-]+)="([^"]*)"/g)) {
    const value = unescaped(escaped)
    if (value === undefined) return undefined
    attributes[name] = value
  }
  return attributes
}

/** undefined: a `&` that begins none of the entities that every reader knows. */
function unescaped(text: string): string | undefined {
  if (!text.includes('&')) return text
  let isSound = true
  const said = text.replace(
    /&(?:#x([0-9A-Fa-f]+);|(\w+);|)/g,
    (_, code: string | undefined, name: string | undefined) => {
      const sign = code === undefined ? ENTITIES[name ?? ''] : String.fromCodePoint(parseInt(code, 16))
      isSound &&= sign !== undefined
      return sign ?? ''
    },
  )
  return isSound ? said : undefined
}

/** `at(root, 'cac:TaxTotal', 'cbc:TaxAmount')`: each step's all. */
export function all(node: Node, ...path: string[]): Node[] {
  let nodes = [node]
  for (const name of path) {
    const found: Node[] = []
    for (const { children } of nodes) for (const child of children) if (child.name === name) found.push(child)
    nodes = found
  }
  return nodes
}

export function textAt(node: Node, ...path: string[]): string | undefined {
  return all(node, ...path)[0]?.text.trim()
}
