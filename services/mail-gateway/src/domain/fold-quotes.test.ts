import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldQuotes } from './fold-quotes.ts'

describe('the programs people write with', () => {
  test.each([
    [
      'Gmail, French',
      'Oui, ça marche.\n\nLe mar. 24 nov. 2026 à 10:42, Support <sos@exeko.test> a écrit :\n\n> Avez-vous redémarré ?\n',
      'Oui, ça marche.',
    ],
    [
      'Gmail, broken over two lines',
      'Merci !\n\nLe mar. 24 nov. 2026 à 10:42, Support informatique Exeko\n<sos@exeko.test> a écrit :\n> Bonjour',
      'Merci !',
    ],
    ['Gmail, Dutch', 'Ja.\n\nOp di 24 nov 2026 om 10:42 schreef Support <sos@exeko.test>:\n> Dag', 'Ja.'],
    ['Apple Mail, English', 'Done.\n\n> On 24 Nov 2026, at 10:42, Support wrote:\n> Hello', 'Done.'],
    [
      'Outlook, French',
      'Bonjour,\nToujours pareil.\n\nDe : Support <sos@exeko.test>\nEnvoyé : mardi 24 novembre 2026 10:42\nÀ : Anne\nObjet : [#1001] Imprimante\n\nAvez-vous redémarré ?',
      'Bonjour,\nToujours pareil.',
    ],
    [
      'Outlook, Dutch',
      'Nee.\n\nVan: Support\nVerzonden: dinsdag 24 november 2026\nAan: Anne\nOnderwerp: printer\n\nHallo',
      'Nee.',
    ],
    ['Outlook, divider', 'Non.\n\n-----Message d’origine-----\nDe : Support', 'Non.'],
    ['a phone', 'Je suis en route\n\nEnvoyé de mon iPhone', 'Je suis en route'],
    ['a signature', 'À demain\n-- \nAnne Lambert\nComptabilité', 'À demain'],
  ])('%s', (_client, body, text) => {
    const folded = foldQuotes(body)
    expect(folded.text).toBe(text)
    expect(folded.quoted).not.toBeNull()
  })

  test('answers between the quoted lines stay', () => {
    const body =
      'Voici :\n\nLe 24 nov. 2026, Support a écrit :\n> Quel poste ?\nLe PC de la compta.\n> Depuis quand ?\nHier.'
    expect(foldQuotes(body).text).toBe('Voici :\n\nLe PC de la compta.\nHier.')
  })

  test.each([
    'Le client a écrit : rien ne marche. Que faire ?',
    'De : la réunion de ce matin',
    'On Monday the printer stopped.\nI wrote: please come.',
    '- un\n-- deux\n--- trois',
  ])('ordinary writing is left alone: %j', (body) => {
    expect(foldQuotes(body)).toEqual({ text: body, quoted: null })
  })

  test('a mail that is nothing but a quote says what it quotes', () => {
    expect(foldQuotes('> Bonjour\n> voilà').text).toContain('voilà')
  })
})

test('no line is ever lost, whatever is written', () => {
  const line = fc.oneof(
    fc.string({ maxLength: 60 }).filter((text) => !/[\r\n]/.test(text)),
    fc.constantFrom(
      '> quoted',
      'Le 24 nov. 2026, X a écrit :',
      '-- ',
      'De : X',
      'Envoyé : Y',
      'Objet : Z',
      '',
      'Envoyé de mon iPhone',
    ),
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      const { text, quoted } = foldQuotes(lines.join('\n'))
      const found = [...text.split('\n'), ...(quoted ?? '').split('\n')]
        .map((each) => each.trim())
        .filter(Boolean)
      expect(found.toSorted()).toEqual(
        lines
          .map((each) => each.trim())
          .filter(Boolean)
          .toSorted(),
      )
    }),
  )
})

test.each([
  ['dashes', '-'.repeat(100_000)],
  ['spaces', ' '.repeat(100_000)],
  ['lines of quotes', '>\n'.repeat(50_000)],
  ['beginnings of attributions', 'Le 1 '.repeat(20_000)],
  ['lines that begin like one', 'Le 1\n'.repeat(20_000)],
])('100 KB of %s are folded like any mail', (_what, body) => {
  const { text, quoted } = foldQuotes(body)
  expect(text.length + (quoted?.length ?? 0)).toBeGreaterThanOrEqual(body.trim().length - 1)
})
