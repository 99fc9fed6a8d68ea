/** The files that a mail brings: each with a name that says what it is, those in a winmail.dat on their own. */
import { simpleParser, type Attachment } from 'mailparser'
import { nameFor } from './attachment-name.ts'
import { filesOfTnef } from './tnef.ts'

export interface MailFile {
  name: string
  type: string
  bytes: Uint8Array
  /** Content-ID without brackets, by which the HTML may name it. */
  cid?: string
}

/** Where the headers of a mail in a mail are looked for. */
const MOST_HEADERS = 64 * 1024

export async function filesOf(attachments: readonly Attachment[]): Promise<MailFile[]> {
  const files = await Promise.all(attachments.map(filesIn))
  return files.flat()
}

async function filesIn({ filename, contentType, content, cid }: Attachment): Promise<MailFile[]> {
  if (/^application\/(vnd\.)?ms-tnef$/i.test(contentType) || /^winmail\.dat$/i.test(filename ?? '')) {
    const unpacked = filesOfTnef(content)
    if (unpacked) return unpacked
  }
  const name = filename ?? (await unnamed(contentType, content))
  return [{ name, type: contentType, bytes: content, ...(cid ? { cid } : {}) }]
}

async function unnamed(type: string, content: Buffer): Promise<string> {
  if (type.toLowerCase() === 'message/rfc822') return `${(await subjectOf(content)) || 'message'}.eml`
  // RFC 3156 §4: the second part of an encrypted mail promises nothing by its type.
  if (content.subarray(0, 100).toString('latin1').trimStart().startsWith('-----BEGIN PGP MESSAGE-----'))
    return 'encrypted.asc'
  return nameFor(type)
}

/** As it reads; what would be a path in it is none. */
async function subjectOf(mail: Buffer): Promise<string> {
  const start = mail.subarray(0, MOST_HEADERS)
  const end = /\r?\n\r?\n/.exec(start.toString('latin1'))?.index ?? start.length
  const { subject } = await simpleParser(mail.subarray(0, end), { skipTextToHtml: true })
  return (subject ?? '').replace(/[/\\]/g, '-').trim().slice(0, 200)
}
