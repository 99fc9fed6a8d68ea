/** Every kind of paper against PDF/A-3a and PDF/UA-1, by veraPDF. */
import { describe, expect, test } from 'vitest'
import { invoicePdf } from '../../templates/invoice-pdf.ts'
import { brokenPdfRules, withoutTools } from '@guichet/testing/official-rules'
import { printSamples } from '../testing/print-samples.ts'
import { invoiceUbl } from './invoice-ubl.ts'

describe.skipIf(withoutTools())('veraPDF', () => {
  test(
    'finds nothing wrong with any kind of paper, and something with a spoilt one',
    { timeout: 300_000 },
    async () => {
      const files: Record<string, Uint8Array> = {}
      for (const [name, order] of Object.entries(printSamples())) {
        files[`${name}.pdf`] = await invoicePdf(order, invoiceUbl(order))
      }
      const sound = Buffer.from(files['fr.pdf'] ?? [])
      // Of the same length, so that nothing but the word is wrong.
      const spoil = (from: string, to: string) =>
        Buffer.from(sound.toString('latin1').replaceAll(from, to), 'latin1')
      files['other-part.pdf'] = spoil('<pdfaid:part>3', '<pdfaid:part>2')
      files['silent-figure.pdf'] = spoil('/Alt (', '/Alx (')
      files['unrelated.pdf'] = spoil('/AFRelationship /Alternative', '/AFRelationshop /Alternative')
      const broken = brokenPdfRules(files)
      for (const name of Object.keys(printSamples()))
        expect([name, broken[`${name}.pdf`]]).toEqual([name, []])
      expect(broken['other-part.pdf']?.join('\n')).toMatch(/^3a 6\.6\.4-2 /m)
      expect(broken['unrelated.pdf']?.join('\n')).toMatch(/^3a 6\.8-3 /m)
      expect(broken['silent-figure.pdf']?.join('\n')).toMatch(/^ua1 7\.3-1 /m)
    },
  )
})
