/**
 * Whether an unsafe call with a cookie comes from our own pages (OWASP ASVS 5.0 3.5). Browsers send Origin with every
 * cross-site POST; programs send none, and have no ambient cookie to abuse.
 */
export function isSameOrigin(
  headers: {
    origin?: string | undefined
    host?: string | undefined
    'sec-fetch-site'?: string | string[] | undefined
  },
  publicUrl: string,
): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  if (headers.origin === undefined) return true
  if (headers.origin === new URL(publicUrl).origin) return true
  const origin = URL.parse(headers.origin)
  return origin !== null && headers.host !== undefined && origin.host === headers.host
}
