/** Only ever back into the portal: `//evil.test` and `https:` are somebody else's. */
export function ownPath(next: string | undefined): string {
  return next && /^\/(?![/\\])/.test(next) ? next : '/'
}
