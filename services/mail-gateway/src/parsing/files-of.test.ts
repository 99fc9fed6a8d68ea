/** spec/mail.md section 3: every part that is no text is a file whose name says what it is. */
import { expect, test } from 'vitest'
import { readMail } from './read-mail.ts'

const part = (headers: string, body: string) => `--o\r\n${headers}\r\n\r\n${body}\r\n`
async function filesIn(type: string, ...parts: string[]) {
  const raw = `From: a@client.test\r\nSubject: s\r\nMIME-Version: 1.0\r\nContent-Type: ${type}; boundary=o\r\n\r\n${parts.join('')}--o--\r\n`
  const { attachments, said } = await readMail(new TextEncoder().encode(raw))
  return {
    said,
    files: attachments.map(({ name, content }) => [
      name,
      'bytes' in content ? Buffer.from(content.bytes).toString() : null,
    ]),
  }
}
const TEXT = part('Content-Type: text/plain; charset=utf-8', 'Bonjour')

test('signed by S/MIME', async () => {
  const signature = part(
    'Content-Type: application/pkcs7-signature\r\nContent-Transfer-Encoding: base64',
    'MIAG',
  )
  expect(
    (
      await filesIn(
        'multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256',
        TEXT,
        signature,
      )
    ).files,
  ).toEqual([['smime.p7s', '0\ufffd\u0006']])
})

test('encrypted by S/MIME: the whole mail is one file', async () => {
  const raw =
    'From: a@client.test\r\nMIME-Version: 1.0\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\r\nContent-Transfer-Encoding: base64\r\n\r\nMIAG\r\n'
  const { attachments } = await readMail(new TextEncoder().encode(raw))
  expect(attachments.map(({ name }) => name)).toEqual(['smime.p7m'])
})

test('signed and encrypted by PGP', async () => {
  const signature = part('Content-Type: application/pgp-signature', '-----BEGIN PGP SIGNATURE-----\r\nx')
  const signed = await filesIn('multipart/signed; protocol="application/pgp-signature"', TEXT, signature)
  expect([signed.said, signed.files.map(([name]) => name)]).toEqual(['Bonjour', ['signature.asc']])
  const encrypted = await filesIn(
    'multipart/encrypted; protocol="application/pgp-encrypted"',
    part('Content-Type: application/pgp-encrypted', 'Version: 1'),
    part('Content-Type: application/octet-stream', '-----BEGIN PGP MESSAGE-----\r\nx'),
  )
  expect(encrypted.files.map(([name]) => name)).toEqual(['version.asc', 'encrypted.asc'])
})

test('an invitation without a name', async () => {
  const { files } = await filesIn(
    'multipart/mixed',
    TEXT,
    part('Content-Type: text/calendar; method=REQUEST', 'BEGIN:VCALENDAR\r\nEND:VCALENDAR'),
  )
  expect(files).toEqual([['invitation.ics', 'BEGIN:VCALENDAR\r\nEND:VCALENDAR']])
})

test.each(['', 'Content-Disposition: inline', 'Content-Disposition: attachment'])(
  'a mail in the mail is a file named by its subject, and whole (%s)',
  async (disposition) => {
    const inner =
      'From: b@client.test\r\nSubject: =?utf-8?q?Panne_r=C3=A9seau_24/11?=\r\nContent-Type: text/plain\r\n\r\ndedans'
    const { said, files } = await filesIn(
      'multipart/mixed',
      TEXT,
      part(`Content-Type: message/rfc822${disposition && `\r\n${disposition}`}`, inner),
    )
    expect([said, files]).toEqual(['Bonjour', [['Panne réseau 24-11.eml', inner]]])
  },
)

test('a winmail.dat that cannot be unpacked stays a file under its name', async () => {
  const { files } = await filesIn(
    'multipart/mixed',
    TEXT,
    part('Content-Type: application/ms-tnef', 'abgeschnitten'),
  )
  expect(files).toEqual([['winmail.dat', 'abgeschnitten']])
})

test('the files of a winmail.dat stand where it stood, and pictures are found by their own places', async () => {
  const tnef = Buffer.from(
    '789f3e220100' + // signature, key
      '020290060000000000' +
      '0000' + // a file begins
      '02108001000600000061' +
      '2e747874000000' + // "a.txt"
      '020f8006000200000068' +
      '690000', // "hi"
    'hex',
  ).toString('base64')
  const raw = `From: a@client.test\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=o\r\n\r\n${part(
    'Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64',
    tnef,
  )}${part('Content-Type: image/png\r\nContent-ID: <p@x>\r\nContent-Transfer-Encoding: base64', 'iVBORw0KGgo=')}${part(
    'Content-Type: text/html',
    '<img src="cid:p@x">',
  )}--o--\r\n`
  const { attachments, html } = await readMail(new TextEncoder().encode(raw))
  expect(attachments.map(({ name }) => name)).toEqual(['a.txt', 'image.png'])
  expect(html).toContain('<img src="cid:1"')
})
