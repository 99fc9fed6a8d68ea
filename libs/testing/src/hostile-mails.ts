/** Mails made to break their reader (spec/mail.md section 3): each by its name, and what must become of it. */
import { crc32, deflateRawSync } from 'node:zlib'

const SENDER = 'anne@delvaux.test'
const SUPPORT = 'sos@exeko.test'

/** `ticket`: it is read and becomes one, whose text holds these words. `quarantine`: it is kept for staff. */
export type Expected = { ticket: string } | 'quarantine'

const headers = (name: string, more = '') =>
  `From: ${SENDER}\r\nTo: ${SUPPORT}\r\nSubject: ${name}\r\nMessage-ID: <${name}@delvaux.test>\r\nMIME-Version: 1.0\r\n${more}`
/** An ordinary one, from the same sender. */
export const plainMail = (name: string, body: string) =>
  `${headers(name)}Content-Type: text/plain; charset=utf-8\r\n\r\n${body}`
const html = (name: string, body: string) =>
  `${headers(name)}Content-Type: text/html; charset=utf-8\r\n\r\n${body}`
const part = 'Content-Type: text/plain\r\n\r\nBonjour\r\n'

function nestedParts(name: string, depth: number): string {
  const levels = Array.from({ length: depth }, (_, level) => level)
  const opened = levels.map(
    (level) => `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n`,
  )
  const closed = levels.toReversed().map((level) => `--b${level}--\r\n`)
  return headers(name) + opened.join('') + part + closed.join('')
}

function manyParts(name: string, count: number): string {
  const file =
    '--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nx\r\n'
  return `${headers(name)}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n${part}${file.repeat(count)}--b--\r\n`
}

/** A thousand mails, each in the one before. */
function nestedMails(name: string, depth: number): string {
  const inner = 'Subject: dedans\r\nContent-Type: message/rfc822\r\n\r\n'.repeat(depth)
  return `${headers(name)}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n${part}--b\r\nContent-Type: message/rfc822\r\n\r\n${inner}Subject: au fond\r\n\r\nfond\r\n--b--\r\n`
}

/** A true archive of 64 KB whose one file is 64 MiB of nothing: nobody unpacks it. */
function zipBomb(name: string): string {
  const content = Buffer.alloc(64 * 1024 * 1024)
  const packed = deflateRawSync(content)
  const fileName = Buffer.from('vide.bin')
  const facts = Buffer.alloc(26)
  facts.writeUInt16LE(20, 0)
  facts.writeUInt16LE(8, 4)
  facts.writeUInt32LE(crc32(content), 10)
  facts.writeUInt32LE(packed.length, 14)
  facts.writeUInt32LE(content.length, 18)
  facts.writeUInt16LE(fileName.length, 22)
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), facts, fileName, packed])
  const central = Buffer.concat([
    Buffer.from('PK\u0001\u0002\u0014\u0000'),
    facts,
    Buffer.alloc(14),
    fileName,
  ])
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(local.length, 16)
  const bytes = Buffer.concat([local, central, end])
  const lines = bytes.toString('base64').replace(/.{76}/g, '$&\r\n')
  return `${headers(name)}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n${part}--b\r\nContent-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="../bombe.zip"\r\n\r\n${lines}\r\n--b--\r\n`
}

export const HOSTILE_MAILS: Record<string, [raw: (name: string) => string, expected: Expected]> = {
  'nested-tables': [
    (name) =>
      html(name, `${'<table><tr><td>'.repeat(2000)}Bonjour du fond${'</td></tr></table>'.repeat(2000)}`),
    { ticket: 'Bonjour du fond' },
  ],
  'nested-divs': [
    (name) => html(name, `${'<div>'.repeat(60_000)}Bonjour du fond`),
    { ticket: 'Bonjour du fond' },
  ],
  'many-spans': [(name) => html(name, '<span>oui</span> '.repeat(100_000)), { ticket: 'oui oui' }],
  'spans-without-end': [(name) => html(name, `${'<span>'.repeat(100_000)}au bout`), { ticket: 'au bout' }],
  dashes: [(name) => plainMail(name, `${'-'.repeat(100_000)}\r\nBonjour`), { ticket: 'Bonjour' }],
  spaces: [(name) => plainMail(name, `Bonjour${' '.repeat(100_000)}x`), { ticket: 'Bonjour' }],
  'quoted-lines': [
    (name) => plainMail(name, `Bonjour\r\n${'> a\r\n'.repeat(100_000)}`),
    { ticket: 'Bonjour' },
  ],
  'large-html': [
    (name) => html(name, '<p>Bonjour tout le monde</p>'.repeat(100_000)),
    { ticket: 'Bonjour tout' },
  ],
  'zip-bomb': [zipBomb, { ticket: 'Bonjour' }],
  'nested-mails': [(name) => nestedMails(name, 1000), { ticket: 'Bonjour' }],
  'many-pictures': [
    (name) => html(name, `Bonjour${'<img src="https://suivi.test/p.png">'.repeat(20_000)}`),
    { ticket: 'Bonjour' },
  ],
  'lying-charset': [
    (name) =>
      `${headers(name)}Content-Type: text/plain; charset=klingon\r\nContent-Transfer-Encoding: 8bit\r\n\r\nÀ bientôt`,
    { ticket: 'À bientôt' },
  ],
  'many-parts': [(name) => manyParts(name, 50_000), 'quarantine'],
  'nested-parts': [(name) => nestedParts(name, 5000), 'quarantine'],
  'large-header': [
    (name) => `${headers(name, `X-Long: ${'x'.repeat(900)}${'\r\n y'.repeat(2_500_000)}\r\n`)}\r\nBonjour`,
    'quarantine',
  ],
}
