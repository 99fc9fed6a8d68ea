import { expect, test } from 'vitest'
import { asShown, picturesIn, remoteCount } from './mail-html.ts'

const file = (id: string) => ({ id, name: `${id}.png`, size: 3, type: 'image/png' })
const html =
  '<p>Voyez<img src="cid:ecran" alt="" /><img src="cid:ailleurs" alt="" /><img data-remote="http://suivi.test/p?a=1&amp;b=2" alt="" /></p>'

test('a picture that the text shows is not a file beside it; every file is one of the two', () => {
  expect(picturesIn(html, [file('ecran'), file('contrat')])).toEqual({
    pictures: [file('ecran')],
    files: [file('contrat')],
  })
  expect(picturesIn(null, [file('ecran')]).files).toEqual([file('ecran')])
})

test('only the message’s own attachments are asked for, and other servers only when the reader says so', () => {
  const blocked = asShown(html, [file('ecran')], false)
  expect(blocked).toContain('<img src="/api/v1/attachments/ecran"')
  expect(blocked).not.toMatch(/ailleurs|src="http/)
  expect(remoteCount(html)).toBe(1)
  expect(asShown(html, [file('ecran')], true)).toContain(
    '<img referrerpolicy="no-referrer" src="https://suivi.test/p?a=1&amp;b=2"',
  )
})
