/** An XML file of ours, read back as it stands: elements, attributes, text. No entities but the five, no comments. */
export interface Node {
  /** With its prefix: `cbc:ID`. */
  name: string
  attributes: Record<string, string>
  children: Node[]
  text: string
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const PIECE = /<\?[^>]*\?>|<\/[\w:.-]+>|<([\w:.-]+)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy

/** undefined: what stands there is no XML of this kind. */
export function readXml(bytes: Uint8Array): Node | undefined {
  const source = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  const open: Node[] = [{ name: '', attributes: {}, children: [], text: '' }]
  let end = 0
  for (const [piece, name, attributes = '', closed, text] of source.matchAll(PIECE)) {
    end += piece.length
    const parent = open.at(-1)
    if (!parent) return undefined
    if (text !== undefined) parent.text += unescaped(text)
    else if (name !== undefined) {
      const node: Node = { name, attributes: attributesOf(attributes), children: [], text: '' }
      parent.children.push(node)
      if (closed !== '/') open.push(node)
    } else if (piece.startsWith('</') && open.pop()?.name !== piece.slice(2, -1)) return undefined
  }
  const [root] = open
  return end === source.length && open.length === 1 && root?.children.length === 1
    ? root.children[0]
    : undefined
}

function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/([\w:.-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, unescaped(value)]),
  )
}

function unescaped(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#x([0-9A-Fa-f]+)|(\w+));/g,
    (_, code: string | undefined, name: string | undefined) =>
      code === undefined ? (ENTITIES[name ?? ''] ?? '') : String.fromCodePoint(parseInt(code, 16)),
  )
}

/** `at(root, 'cac:TaxTotal', 'cbc:TaxAmount')`: each step's all. */
export function all(node: Node, ...path: string[]): Node[] {
  return path.reduce<Node[]>(
    (nodes, name) => nodes.flatMap(({ children }) => children.filter((child) => child.name === name)),
    [node],
  )
}

export function textAt(node: Node, ...path: string[]): string | undefined {
  return all(node, ...path)[0]?.text.trim()
}
