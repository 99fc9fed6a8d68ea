import { expect, test } from 'vitest'
import { flatText } from './flat-text.ts'

test('words of blocks stand on lines of their own, entities are what they mean, style and script are not read', () => {
  const html =
    '<head><title>non</title><style>p{}</style></head><p>Bonjour&nbsp;Anne,</p><table><tr><td>caf&eacute;</td><td>noir</td></tr></table><script>alert(1)</script>Merci<br>Paul'
  expect(flatText(html)).toBe('Bonjour\u00a0Anne,\ncafé\nnoir\nMerci\nPaul')
})

test('nesting without end overflows nothing, and loses no word', () => {
  expect(flatText(`${'<div>'.repeat(100_000)}au fond${'</div>'.repeat(50_000)}`)).toBe('au fond')
  expect(flatText(`${'<table><tr><td>'.repeat(2000)}au fond`)).toBe('au fond')
})
