/** The sanitised HTML of a message: which pictures it has, and how it is shown (`MessageBody.html`). Pure. */
import type { Attachment } from '@guichet/contracts/values/attachment'

const INLINE = /(<img src=")cid:([^"]*)(?=")/g
const REMOTE = /(<img )data-remote="(https?:[^"]*)"/g

export const attachmentPath = (id: string): string => `/api/v1/attachments/${id}`

/** Those that the text itself shows; the others are files beside it. */
export function picturesIn(
  html: string | null,
  attachments: readonly Attachment[],
): { pictures: Attachment[]; files: Attachment[] } {
  const shown = new Set(Array.from((html ?? '').matchAll(INLINE), ([, , id]) => id))
  return {
    pictures: attachments.filter(({ id }) => shown.has(id)),
    files: attachments.filter(({ id }) => !shown.has(id)),
  }
}

/** How many pictures are on somebody's server. */
export const remoteCount = (html: string): number => html.match(REMOTE)?.length ?? 0

/** @param remote whether the reader asked for what is on other servers; it is only asked for over https. */
export function asShown(html: string, attachments: readonly Attachment[], remote: boolean): string {
  const own = new Set(attachments.map(({ id }) => id))
  const inline = html.replace(INLINE, (_all, before: string, id: string) =>
    own.has(id) ? before + attachmentPath(id) : before,
  )
  if (!remote) return inline
  return inline.replace(
    REMOTE,
    (_all, before: string, url: string) =>
      `${before}referrerpolicy="no-referrer" src="${url.replace(/^http:/, 'https:')}"`,
  )
}
