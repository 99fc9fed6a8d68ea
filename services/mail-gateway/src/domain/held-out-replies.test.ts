/**
 * Replies as the programs of our customers write them, in the four languages they write in: what is shown is what the
 * author wrote, and all of it. [what they were written with, what came, what is shown]
 */
import { describe, expect, test } from 'vitest'
import { foldQuotes } from './fold-quotes.ts'

const REPLIES: readonly [program: string, body: string, said: string][] = [
  [
    'Outlook desktop, fr: rule, block, blank lines',
    'Bonjour,\n\nC’est toujours bloqué.\n\n \n\n________________________________\nDe : Support Exeko <sos@exeko.test>\nEnvoyé : mardi 24 novembre 2026 10:42\nÀ : Anne Lambert <anne@delvaux.test>\nCc : Paul Delvaux <paul@delvaux.test>\nObjet : RE: [#1001] Imprimante \n \nAvez-vous redémarré ?',
    'Bonjour,\n\nC’est toujours bloqué.',
  ],
  [
    'Outlook desktop, nl: block in bold',
    'Dag,\n\nHet werkt weer.\n\n*Van:* Support Exeko <sos@exeko.test>\n*Verzonden:* dinsdag 24 november 2026 10:42\n*Aan:* An Peeters <an@peeters.test>\n*Onderwerp:* RE: [#1001] Printer\n\nHebt u herstart?',
    'Dag,\n\nHet werkt weer.',
  ],
  [
    'Outlook desktop, de',
    'Guten Tag,\nes geht wieder.\n\nVon: Support <sos@exeko.test>\nGesendet: Dienstag, 24. November 2026 10:42\nAn: Jan Weber <jan@weber.test>\nBetreff: AW: [#1001] Drucker\n\nHaben Sie neu gestartet?',
    'Guten Tag,\nes geht wieder.',
  ],
  [
    'Outlook desktop, en, with the date field named Date',
    'Fixed, thanks.\n\nFrom: Support <sos@exeko.test>\nDate: Tuesday, 24 November 2026 at 10:42\nTo: Joe <joe@acme.test>\nSubject: Re: [#1001] Printer\n\nDid you restart?',
    'Fixed, thanks.',
  ],
  [
    'Outlook for Mac, fr: Date and À',
    'Merci.\n\nDe : Support <sos@exeko.test>\nDate : mardi, 24 novembre 2026 à 10:42\nÀ : Anne <anne@delvaux.test>\nObjet : Re: [#1001] Imprimante\n\nBonjour',
    'Merci.',
  ],
  [
    'Outlook on a phone, fr',
    'Ok pour demain 9h.\n\nObtenir Outlook pour iOS<https://aka.ms/o0ukef>\n________________________________\nDe : Support <sos@exeko.test>\nEnvoyé : Tuesday, November 24, 2026 10:42:13 AM\nÀ : Anne <anne@delvaux.test>\nObjet : [#1001] Imprimante\n\nDemain ?',
    'Ok pour demain 9h.',
  ],
  [
    'Outlook on a phone, nl',
    'Prima.\n\nOutlook voor Android downloaden<https://aka.ms/AAb9ysg>\n________________________________\nVan: Support <sos@exeko.test>\nVerzonden: dinsdag 24 november 2026 10:42\nAan: An <an@peeters.test>\nOnderwerp: [#1001] Printer\n\nMorgen?',
    'Prima.',
  ],
  [
    'Outlook on a phone, fr, the newer words',
    'Je suis sur place.\n\nTélécharger Outlook pour Android<https://aka.ms/AAb9ysg>',
    'Je suis sur place.',
  ],
  [
    'Outlook web, en',
    'All good now.\n________________________________\nFrom: Support <sos@exeko.test>\nSent: 24 November 2026 10:42\nTo: Joe <joe@acme.test>\nSubject: [#1001] Printer\n\nHello',
    'All good now.',
  ],
  [
    'Gmail, fr, name long, address on the next line',
    'Bonjour,\nvoici la photo.\n\nLe mar. 24 nov. 2026 à 10:42, Support informatique Exeko (Namur) <\nsos@exeko.test> a écrit :\n\n> Pouvez-vous envoyer une photo ?\n>',
    'Bonjour,\nvoici la photo.',
  ],
  [
    'Gmail, nl',
    'Zie bijlage.\n\nOp di 24 nov. 2026 om 10:42 schreef Support Exeko <sos@exeko.test>:\n\n> Kunt u een foto sturen?\n',
    'Zie bijlage.',
  ],
  [
    'Gmail, de',
    'Siehe Anhang.\n\nAm Di., 24. Nov. 2026 um 10:42 Uhr schrieb Support Exeko <\nsos@exeko.test>:\n\n> Können Sie ein Foto schicken?\n',
    'Siehe Anhang.',
  ],
  [
    'Gmail, en, signature dashes',
    'Works.\n\n-- \nJoe Smith\nACME\n\nOn Tue, Nov 24, 2026 at 10:42 AM Support <sos@exeko.test> wrote:\n\n> Better?\n',
    'Works.',
  ],
  [
    'Apple Mail, fr',
    'C’est réparé, merci !\n\n> Le 24 nov. 2026 à 10:42, Support Exeko <sos@exeko.test> a écrit :\n> \n> Est-ce mieux ?\n> ',
    'C’est réparé, merci !',
  ],
  [
    'Apple Mail, nl',
    'In orde!\n\n> Op 24 nov 2026, om 10:42 heeft Support Exeko <sos@exeko.test> het volgende geschreven:\n> \n> Beter?\n',
    'In orde!',
  ],
  [
    'iPhone, nl, without marks',
    'Ik bel u straks.\n\nVerstuurd vanaf mijn iPhone\n\nOp 24 nov 2026 om 10:42 heeft Support Exeko <sos@exeko.test> het volgende geschreven:\n\n﻿\nWanneer past het?',
    'Ik bel u straks.',
  ],
  [
    'iPhone, fr',
    'Oui, à 14h.\nAnne\n\nEnvoyé de mon iPhone\n\n> Le 24 nov. 2026 à 10:42, Support <sos@exeko.test> a écrit :\n> \n> ﻿Quand ?\n',
    'Oui, à 14h.\nAnne',
  ],
  [
    'iPhone, de',
    'Ja, um 14 Uhr.\n\nVon meinem iPhone gesendet\n\n> Am 24.11.2026 um 10:42 schrieb Support <sos@exeko.test>:\n> \n> Wann?\n',
    'Ja, um 14 Uhr.',
  ],
  [
    'Thunderbird, fr, below the quote',
    'Le 24/11/2026 à 10:42, Support Exeko a écrit :\n> Quel est le numéro de série ?\n\nC’est le BE-4471.\n\nAnne\n',
    'C’est le BE-4471.\n\nAnne',
  ],
  [
    'Thunderbird, nl, below the quote',
    'Op 24-11-2026 om 10:42 schreef Support Exeko:\n> Wat is het serienummer?\nHet is BE-4471.\n',
    'Het is BE-4471.',
  ],
  [
    'Thunderbird, de, between the quotes',
    'Am 24.11.26 um 10:42 schrieb Support:\n> Welcher Drucker?\n\nDer im Lager.\n\n> Seit wann?\n\nSeit gestern.\n',
    'Der im Lager.\n\n\nSeit gestern.',
  ],
  ['Thunderbird, en', 'Sure.\n\nOn 24/11/2026 10:42, Support wrote:\n> May we connect?\n', 'Sure.'],
  [
    'Yahoo, fr',
    'Pas encore reçu.\n\n    Le mardi 24 novembre 2026 à 10:42:13 UTC+1, Support Exeko <sos@exeko.test> a écrit :  \n \n Avez-vous reçu le câble ?\n  ',
    'Pas encore reçu.',
  ],
  [
    'Yahoo on Android, en',
    'Not yet.\n\nSent from Yahoo Mail on Android \n \n  On Tue, 24 Nov 2026 at 10:42, Support<sos@exeko.test> wrote:   Did you get the cable?\n',
    'Not yet.',
  ],
  [
    'Proximus webmail, fr',
    'Bonjour, non toujours rien.\n\n----- Message d’origine -----\nDe : "Support" <sos@exeko.test>\nÀ : anne@proximus.test\nEnvoyé : mardi 24 novembre 2026 10:42\nObjet : [#1001] Imprimante\n\nDu nouveau ?',
    'Bonjour, non toujours rien.',
  ],
  [
    'Proximus webmail, nl',
    'Nog niets.\n\n----- Oorspronkelijk bericht -----\nVan: "Support" <sos@exeko.test>\nAan: an@proximus.test\nVerzonden: dinsdag 24 november 2026 10:42\nOnderwerp: [#1001] Printer\n\nNieuws?',
    'Nog niets.',
  ],
  [
    'Zimbra and other webmails, fr',
    'Voilà.\n\n----- Mail original -----\nDe: "Support" <sos@exeko.test>\nÀ: "Anne" <anne@delvaux.test>\nEnvoyé: Mardi 24 Novembre 2026 10:42:13\nObjet: [#1001] Imprimante\n\nBonjour',
    'Voilà.',
  ],
  [
    'Samsung, fr',
    'Ok merci\n\nEnvoyé depuis mon appareil Galaxy\n\n-------- Message d’origine --------\nDe : Support <sos@exeko.test>\nDate : 24/11/2026 10:42 (GMT+01:00)\nÀ : Anne <anne@delvaux.test>\nObjet : [#1001] Imprimante\n\nBonjour',
    'Ok merci',
  ],
  [
    'Samsung, nl',
    'Ok bedankt\n\nVerzonden vanaf mijn Galaxy\n\n-------- Oorspronkelijk bericht --------\nVan: Support <sos@exeko.test>\nDatum: 24/11/2026 10:42 (GMT+01:00)\nAan: An <an@peeters.test>\nOnderwerp: [#1001] Printer\n\nDag',
    'Ok bedankt',
  ],
  [
    'a forwarded mail, Gmail fr: what is forwarded is what is sent',
    'Pour info, à traiter.\n\n---------- Forwarded message ---------\nDe : Banque <info@banque.test>\nDate: mar. 24 nov. 2026 à 10:42\nSubject: Coupure\nTo: <anne@delvaux.test>\n\nLe terminal sera coupé.',
    'Pour info, à traiter.\n\n---------- Forwarded message ---------\nDe : Banque <info@banque.test>\nDate: mar. 24 nov. 2026 à 10:42\nSubject: Coupure\nTo: <anne@delvaux.test>\n\nLe terminal sera coupé.',
  ],
  [
    'a forwarded mail, Apple nl',
    'Kijk even.\n\nBegin doorgestuurd bericht:\n\nVan: Bank <info@bank.test>\nOnderwerp: Onderbreking\nDatum: 24 november 2026 om 10:42\nAan: an@peeters.test\n\nDe terminal valt uit.',
    'Kijk even.\n\nBegin doorgestuurd bericht:\n\nVan: Bank <info@bank.test>\nOnderwerp: Onderbreking\nDatum: 24 november 2026 om 10:42\nAan: an@peeters.test\n\nDe terminal valt uit.',
  ],
  [
    'a formula and a signature of a company, nl',
    'De kassa start niet.\n\nMet vriendelijke groeten,\n\nAn Peeters\nZaakvoerder\nT +32 2 555 12 12\n',
    'De kassa start niet.',
  ],
  [
    'a question behind the greeting stays',
    'Voici le devis.\n\nCordialement,\nAnne\n\nPS : quand venez-vous ?',
    'Voici le devis.\n\nCordialement,\nAnne\n\nPS : quand venez-vous ?',
  ],
  [
    'a list that looks like a block is not one',
    'Il me faut :\nDe : Namur\nÀ : Bruxelles\nle 24 novembre.',
    'Il me faut :\nDe : Namur\nÀ : Bruxelles\nle 24 novembre.',
  ],
]

describe('shows what was written', () => {
  test.each(REPLIES)('%s', (_program, body, said) => {
    expect(foldQuotes(body).text).toBe(said)
  })
})

test.each(REPLIES)('loses no line: %s', (_program, body) => {
  const { text, quoted } = foldQuotes(body)
  const lines = (given: string) =>
    given
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .toSorted()
  expect(lines(`${text}\n${quoted ?? ''}`)).toEqual(lines(body))
})
