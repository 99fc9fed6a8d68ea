/** Mail addresses as we know people by: one spelling each. Pure. */
import { domainToASCII } from 'node:url'

/** RFC 5321 §4.5.3.1 lengths; the local part as in practice (RFC 5322 dot-atom, UTF-8 allowed), never quoted. */
const LOCAL = /^[^\s"(),:;<>@[\\\]\p{Cc}.]+(\.[^\s"(),:;<>@[\\\]\p{Cc}.]+)*$/u
const DOMAIN = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/

/** Lower case, the domain in its ASCII form (RFC 5891); undefined for what is no address. */
export function normalizeAddress(given: string): string | undefined {
  const text = given.trim()
  const at = text.lastIndexOf('@')
  if (at < 1) return undefined
  const local = text.slice(0, at).toLowerCase().normalize('NFC')
  const domain = domainToASCII(text.slice(at + 1)).toLowerCase()
  if (Buffer.byteLength(local) > 64 || !LOCAL.test(local) || !DOMAIN.test(domain)) return undefined
  return `${local}@${domain}`
}
