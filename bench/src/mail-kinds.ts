/** The mails that are measured: a short text, an HTML answer with what it quotes, a text with a large file. */
import { randomBytes } from 'node:crypto'
import { SENDER, SUPPORT } from './desk.ts'

export interface MailKind {
  what: string
  /** How many are sent over 1, 4 and 16 connections; kept open, and one per mail. */
  kept: Record<number, number>
  single: Record<number, number>
  /** How many are followed until their ticket is seen. */
  followed: number
  body: () => string[]
}

const SENTENCE = 'L’imprimante du deuxième étage ne répond plus depuis ce matin.'
const lines = (bytes: number, line: string) =>
  `${line}\r\n`.repeat(Math.ceil(bytes / Buffer.byteLength(line)))
const FILE =
  randomBytes(5 * 1024 * 1024)
    .toString('base64')
    .match(/.{1,76}/g)
    ?.join('\r\n') ?? ''

export const KINDS: Record<string, MailKind> = {
  text: {
    what: '2 KB text',
    kept: { 1: 200, 4: 400, 16: 800 },
    single: { 1: 40, 4: 120, 16: 320 },
    followed: 200,
    body: () => [
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: 8bit',
      '',
      lines(2000, SENTENCE),
    ],
  },
  html: {
    what: '60 KB HTML with quote',
    kept: { 1: 100, 4: 200, 16: 320 },
    single: { 1: 30, 4: 80, 16: 160 },
    followed: 100,
    body: () => [
      'Content-Type: text/html; charset=utf-8',
      'Content-Transfer-Encoding: 8bit',
      '',
      '<html><body><p>Bonjour,</p>',
      lines(20_000, `<p>${SENTENCE}</p>`),
      '<p>Le lun. 2 nov. 2026 à 09:12, Support &lt;sos@exeko.test&gt; a écrit :</p><blockquote>',
      lines(37_000, `<p style="margin:0">${SENTENCE}</p>`),
      '</blockquote></body></html>',
    ],
  },
  file: {
    what: '5 MB attachment',
    kept: { 1: 4, 4: 8, 16: 16 },
    single: { 1: 4, 4: 8, 16: 16 },
    followed: 12,
    body: () => [
      'Content-Type: multipart/mixed; boundary="part"',
      '',
      '--part',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: 8bit',
      '',
      SENTENCE,
      '--part',
      'Content-Type: application/octet-stream; name="journal.bin"',
      'Content-Disposition: attachment; filename="journal.bin"',
      'Content-Transfer-Encoding: base64',
      '',
      FILE,
      '--part--',
    ],
  },
}

export const subjectOf = (id: number) => `Panne ${id}`

export function mailOf({ body }: MailKind, id: number) {
  const raw = [
    `From: Anne <${SENDER}>`,
    `To: ${SUPPORT}`,
    `Subject: ${subjectOf(id)}`,
    `Message-ID: <bench-${id}@delvaux.test>`,
    'MIME-Version: 1.0',
    ...body(),
  ].join('\r\n')
  return { from: SENDER, to: SUPPORT, raw }
}
