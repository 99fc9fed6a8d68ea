/** Elements of UBL: aggregates hold, basics say. Written by ourselves: a tree of DOM nodes costs as much as the paper. */

export interface Element {
  name: string
  attributes: Record<string, string>
  content: (Element | string)[]
}

export const NAMESPACES = {
  cac: 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2',
  cbc: 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2',
}

/** The document's own element, with the namespaces that all others are of. */
export function rootOf(name: 'Invoice' | 'CreditNote'): Element {
  const attributes: Record<string, string> = {
    xmlns: `urn:oasis:names:specification:ubl:schema:xsd:${name}-2`,
  }
  for (const [prefix, uri] of Object.entries(NAMESPACES)) attributes[`xmlns:${prefix}`] = uri
  return { name, attributes, content: [] }
}

/** One that is in nothing yet. */
export function aggregate(name: string): Element {
  return { name: `cac:${name}`, attributes: {}, content: [] }
}

export function group(parent: Element, name: string): Element {
  const element = aggregate(name)
  parent.content.push(element)
  return element
}

export function amountOf(parent: Element, name: string, value: string): void {
  text(parent, name, value, { currencyID: 'EUR' })
}

/** An element with text; none where there is nothing to say: Peppol refuses empty ones. */
export function text(
  parent: Element,
  name: string,
  value: string | null | undefined,
  attributes: Record<string, string> = {},
): void {
  const written = clean(value ?? '')
  if (written !== '') parent.content.push({ name: `cbc:${name}`, attributes, content: [written] })
}

/** What XML 1.0 forbids (production 2, Char) is left out. */
export function clean(value: string): string {
  return value
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .trim()
}

export const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'

/** As XML, without blanks between elements. */
export function written({ name, attributes, content }: Element): string {
  let open = `<${name}`
  for (const [key, value] of Object.entries(attributes)) open += ` ${key}="${escaped(value)}"`
  if (content.length === 0) return `${open}/>`
  let inside = ''
  for (const part of content) inside += typeof part === 'string' ? escaped(part) : written(part)
  return `${open}>${inside}</${name}>`
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Every `&`: a description that reads like an entity is still what somebody wrote. */
function escaped(value: string): string {
  return value.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign)
}
