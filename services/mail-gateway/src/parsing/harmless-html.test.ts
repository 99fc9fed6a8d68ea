/** spec/security.md line 11: what strangers send as HTML leaves nothing that acts or fetches. */
import { describe, expect, test } from 'vitest'
import { harmless, withAttachmentIds } from './harmless-html.ts'

const OWN = new Map([['ecran@delvaux.test', 2]])

describe('pictures', () => {
  test.each([
    ['of the mail', '<img src="cid:ecran@delvaux.test" alt="écran" width="10">'],
    ['of the mail, percent-encoded', '<img alt="écran" width="10" SRC=" CID:ecran%40delvaux.test">'],
  ])('%s are named by their place among the attachments', (_what, html) => {
    expect(harmless(html, OWN)).toBe('<img src="cid:2" alt="écran" width="10" />')
  })

  test.each(['https://suivi.test/p.gif?x=1', 'http://169.254.169.254/', '//suivi.test/p.gif'])(
    'on other servers are named, and no browser fetches them: %s',
    (url) => {
      const html = harmless(`<img src="${url}" onerror="alert(1)" srcset="${url} 2x">`, OWN) ?? ''
      expect(html).toMatch(/^<img data-remote="https?:\/\/[^"]+" alt="" \/>$/)
    },
  )

  test.each([
    'cid:somebody-elses',
    'javascript:alert(1)',
    'data:image/svg+xml,<svg onload=alert(1)>',
    'file:///etc/passwd',
    '/api/v1/me',
    'https://anne:secret@suivi.test/',
    '',
  ])('that are neither do not stay: %s', (src) => {
    expect(harmless(`a<img src="${src}">b`, OWN)).toBe('ab')
  })

  test('nobody names a remote one, or an attachment of another mail, by the product’s own attributes', () => {
    expect(harmless('<img data-remote="javascript:alert(1)"><img src="cid:7">', OWN)).toBe('')
  })
})

test.each([
  '<script>alert(1)</script>',
  '<style>@import "http://x.test/a.css"; p{background:url(http://x.test/)}</style>',
  '<p style="background:url(http://x.test/)">',
  '<table background="http://x.test/"><tr><td background="http://x.test/">',
  '<video poster="http://x.test/"><source src="http://x.test/"></video>',
  '<picture><source srcset="http://x.test/"></picture>',
  '<iframe src="http://x.test/"></iframe><object data="http://x.test/"></object><embed src="http://x.test/">',
  '<svg><image href="http://x.test/" /></svg>',
  '<link rel="stylesheet" href="http://x.test/"><base href="http://x.test/">',
  '<meta http-equiv="refresh" content="0;url=http://x.test/">',
  '<form action="http://x.test/"><input type="image" src="http://x.test/"></form>',
  '<a href="java&#9;script:alert(1)" ping="http://x.test/">a</a>',
])('%s leaves nothing that acts or fetches', (attack) => {
  expect(harmless(attack, OWN)).not.toMatch(/x\.test|alert|<(script|style|svg|form|meta|link|base|iframe)/i)
})

test('the places become the attachments’ ids, in the HTML’s own pictures and in no text', () => {
  const html = harmless('<p>&lt;img src="cid:2"</p><img src="cid:ecran@delvaux.test">', OWN) ?? ''
  expect(withAttachmentIds(html, ['a', 'b', 'c'])).toBe(
    '<p>&lt;img src="cid:2"</p><img src="cid:c" alt="" />',
  )
})
