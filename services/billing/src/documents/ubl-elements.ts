/** Elements of UBL: aggregates hold, basics say. */
import type { create } from 'xmlbuilder2'

export type Element = ReturnType<typeof create>

export const NAMESPACES = {
  cac: 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2',
  cbc: 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2',
}

export function group(parent: Element, name: string): Element {
  return parent.ele(NAMESPACES.cac, `cac:${name}`)
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
) {
  const written = clean(value ?? '')
  if (written !== '') parent.ele(NAMESPACES.cbc, `cbc:${name}`).att(attributes).txt(written)
}

/** What XML 1.0 forbids (production 2, Char) is left out; the library would write it. */
export function clean(value: string): string {
  return value
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .trim()
}
