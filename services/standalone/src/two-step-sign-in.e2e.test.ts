/** The second factor of staff in a real browser: set up, asked at the door, lost, taken away, asked of everyone. */
import { createApiClient, type ApiClient } from '@guichet/testing/api-client'
import { codeAt } from '@guichet/testing/authenticator'
import { startMailSink, type MailSink } from '@guichet/testing/mail-sink'
import { startProduct, type Product } from '@guichet/testing/product'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  accessFaults,
  openBrowser,
  PHONE,
  screenshot,
  type TestBrowser,
  type Visitor,
  type VisitorOptions,
} from './testing/browser.ts'

const LUC = { email: 'luc@exeko.test', password: 'Guichet-Desk-42' }
const SOFIE = { email: 'sofie@exeko.test', password: 'Comptoir-Sud-77' }
const PENDING = 'guichet_pending'
const SESSION = 'guichet_session'

let product: Product
let browser: TestBrowser
let sink: MailSink
let admin: ApiClient
let sofieId: string
/** Of Luc; filled when he sets it up. */
let secret = ''
let recoveryCodes: string[] = []
/** A code counts once: each is a step later than the last, as a telephone whose clock is a little ahead shows it. */
const codeNow = (ahead = 0) => codeAt(secret, Date.now(), ahead)

beforeAll(async () => {
  sink = await startMailSink()
  product = await startProduct('start', {
    ADMIN_EMAIL: LUC.email,
    ADMIN_PASSWORD: LUC.password,
    SMTP_RELAY_URL: sink.url,
    SUPPORT_ADDRESS: 'sos@exeko.test',
    BRAND: 'Exeko',
  })
  admin = createApiClient(product.url)
  await admin.signIn(LUC.email, LUC.password)
  const invited = await admin.post('/accounts', {
    email: SOFIE.email,
    name: 'Sofie Peeters',
    roles: ['agent'],
  })
  sofieId = String(invited.body['id'])
  const { mail } = await sink.waitFor('the welcome mail', ({ mail: { text } }) =>
    Boolean(text?.includes('/activation/')),
  )
  const token = /\/activation\/([\w-]+)/.exec(mail.text ?? '')?.[1]
  await createApiClient(product.url).post('/activation', { token, password: SOFIE.password })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await product.remove()
  await sink.stop()
})

async function givePassword(
  who: typeof LUC,
  options: VisitorOptions = {},
  next = '/account',
): Promise<Visitor> {
  const visitor = await browser.visit(`${product.url}/sign-in?next=${encodeURIComponent(next)}`, options)
  const { page } = visitor
  await page.getByLabel('Login ou adresse e-mail').fill(who.email)
  await page.getByLabel('Mot de passe').fill(who.password)
  await page.getByRole('button', { name: 'Se connecter' }).click()
  await page.waitForURL((url) => url.pathname !== '/sign-in')
  return visitor
}
const cookiesOf = async ({ context }: Visitor) => (await context.cookies()).map(({ name }) => name)
const pathOf = ({ page }: Visitor) => new URL(page.url()).pathname
const overflow = ({ page }: Visitor) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
/** Nothing that axe finds, nothing wider than the screen; a picture to be looked at. */
async function looksRight(visitor: Visitor, name: string): Promise<void> {
  expect(await accessFaults(visitor.page)).toEqual([])
  expect(await overflow(visitor)).toBeLessThanOrEqual(0)
  await screenshot(visitor.page, `two-step-${name}`)
}
/** The three steps; answers what the screen said. */
async function setUp(visitor: Visitor, who: typeof LUC, look: (name: string) => Promise<void>) {
  const { page } = visitor
  await look('password')
  await page.getByLabel('Mot de passe').fill(who.password)
  await page.getByRole('button', { name: 'Continuer' }).click()
  await page.getByRole('img', { name: /QR code/ }).waitFor()
  await look('scan')
  const key = async () => (await page.locator('code.key').textContent())?.replaceAll(' ', '') ?? ''
  const shown = await key()
  await page.getByLabel('Code à six chiffres').fill('12345')
  await page.getByRole('button', { name: 'Activer' }).click()
  await page.getByRole('alert').getByText('Ce code n’est pas le bon').first().waitFor()
  expect(await key(), 'the same key is still there').toBe(shown)
  await page.getByLabel('Code à six chiffres').fill(codeAt(shown, Date.now()))
  await page.getByRole('button', { name: 'Activer' }).click()
  await page.getByRole('heading', { name: 'Vos codes de secours' }).waitFor()
  await look('codes')
  return { shown, codes: await page.locator('.recovery-codes code').allTextContents() }
}

test('one sets it up in one’s account: password, picture and key, first code, ten recovery codes', async () => {
  const elsewhere = createApiClient(product.url)
  await elsewhere.signIn(LUC.email, LUC.password)
  const luc = await givePassword(LUC)
  await luc.page.getByRole('link', { name: 'Activer' }).click()
  await luc.page.waitForURL('**/account/second-factor')
  const set = await setUp(luc, LUC, (name) => looksRight(luc, name))
  secret = set.shown
  recoveryCodes = set.codes
  expect(new Set(recoveryCodes).size).toBe(10)
  const link = luc.page.getByRole('link', { name: 'Télécharger' })
  const file = decodeURIComponent((await link.getAttribute('href')) ?? '')
  for (const code of recoveryCodes) expect(file).toContain(code)

  await luc.page.getByRole('link', { name: 'Je les ai mis de côté' }).click()
  await luc.page.getByRole('link', { name: 'Gérer' }).click()
  await luc.page.getByText('Codes de secours restants').waitFor()
  await looksRight(luc, 'manage')
  expect(await luc.page.content(), 'they are shown once').not.toContain(recoveryCodes[0])
  expect((await elsewhere.get('/me')).status, 'the other session has ended').toBe(401)
  await sink.waitFor('the word that it is on', ({ mail: { subject } }) =>
    Boolean(subject?.includes('double authentification est activée')),
  )
  expect(luc.complaints).toEqual([])
  await luc.close()
})

describe('at the door', () => {
  test('on a telephone, without script: the password gives no session, the code does, and leads where one was going', async () => {
    const looked = await givePassword(LUC, { viewport: PHONE }, '/tickets')
    expect(pathOf(looked)).toBe('/sign-in/code')
    await looksRight(looked, 'code-phone')
    await looked.close()
    const dark = await givePassword(LUC, { viewport: PHONE, theme: 'dark' }, '/tickets')
    await looksRight(dark, 'code-phone-dark')
    await dark.close()

    const luc = await givePassword(LUC, { viewport: PHONE, javaScript: false }, '/tickets')
    expect(await cookiesOf(luc)).toEqual([PENDING])
    const field = luc.page.getByLabel('Code à six chiffres')
    expect(await field.getAttribute('autocomplete')).toBe('one-time-code')
    expect(await luc.page.locator('input[type=password]').count()).toBe(0)
    await field.fill('12345')
    await luc.page.getByRole('button', { name: 'Confirmer' }).click()
    await luc.page.getByRole('alert').getByText('Ce code n’est pas le bon').first().waitFor()
    await luc.page.getByLabel('Code à six chiffres').fill(codeNow(1))
    await luc.page.getByRole('button', { name: 'Confirmer' }).click()
    await luc.page.waitForURL('**/tickets')
    expect(await cookiesOf(luc)).toEqual([SESSION])
    await luc.close()
  })

  test('a recovery code lets in once, and says how many are left, by mail too', async () => {
    const luc = await givePassword(LUC)
    await luc.page.getByRole('link', { name: 'Utiliser un code de secours' }).click()
    await luc.page.getByLabel('Code de secours').fill(recoveryCodes[0] ?? '')
    await looksRight(luc, 'recovery')
    await luc.page.getByRole('button', { name: 'Confirmer' }).click()
    await luc.page.getByText('il vous en reste 9').waitFor()
    expect(pathOf(luc)).toBe('/account')
    const { mail } = await sink.waitFor('the word that it was used', ({ mail: { subject } }) =>
      Boolean(subject?.includes('code de secours a été utilisé')),
    )
    expect(mail.text).toContain('Il vous en reste 9.')
    expect(luc.complaints).toEqual([])
    await luc.close()
  })

  test('the second step is this browser’s: another one begins at the first, and so does an altered word', async () => {
    const other = await browser.visit(`${product.url}/sign-in/code`)
    expect(pathOf(other)).toBe('/sign-in')
    await other.close()
    const luc = await givePassword(LUC)
    const [cookie] = await luc.context.cookies()
    expect(cookie).toMatchObject({ name: PENDING, httpOnly: true, sameSite: 'Lax' })
    const value = cookie?.value ?? ''
    const at = value.length - 10
    const altered = value.slice(0, at) + (value[at] === 'A' ? 'B' : 'A') + value.slice(at + 1)
    await luc.context.addCookies([{ name: PENDING, value: altered, url: product.url }])
    await luc.page.getByLabel('Code à six chiffres').fill(codeNow(1))
    await luc.page.getByRole('button', { name: 'Confirmer' }).click()
    await luc.page.getByText('Cette étape a pris trop de temps').waitFor()
    expect(await cookiesOf(luc)).toEqual([])
    await luc.close()
  })

  test('a program is asked for the code in the same call', async () => {
    const client = createApiClient(product.url)
    const { email: login, password } = LUC
    const without = await client.post('/session', { login, password })
    expect([without.status, without.body['code'], client.cookie]).toEqual([401, 'second-factor-required', ''])
    const wrong = await client.post('/session', { login, password, code: '12345' })
    expect([wrong.status, wrong.body['code'], client.cookie]).toEqual([401, 'wrong-second-factor', ''])
    const right = await client.post('/session', { login, password, code: recoveryCodes[1] })
    expect([right.status, right.body['recoveryCodesLeft']]).toEqual([200, 8])
    expect((await client.get('/me')).body['email']).toBe(login)
    admin = client
  })

  test('a forgotten password is chosen anew, and the code is asked for still', async () => {
    const { page, close } = await browser.visit(`${product.url}/password-resets`)
    await page.getByLabel('Adresse e-mail').fill(LUC.email)
    await page.getByRole('button', { name: 'Recevoir un lien' }).click()
    const { mail } = await sink.waitFor('the link', ({ mail: { text } }) =>
      Boolean(text?.includes('/password-resets/')),
    )
    const token = /\/password-resets\/([\w-]+)/.exec(mail.text ?? '')?.[1]
    await page.goto(`/password-resets/${token}`)
    LUC.password = 'Nouveau-Comptoir-43'
    await page.getByLabel('Mot de passe', { exact: true }).fill(LUC.password)
    await page.getByLabel('Mot de passe, une seconde fois').fill(LUC.password)
    await page.getByRole('button', { name: 'Envoyer' }).click()
    await page.getByText('Connectez-vous avec lui, puis avec votre code').waitFor()
    await close()
    const [login, password] = [LUC.email, LUC.password]
    admin = createApiClient(product.url)
    const entered = await admin.post('/session', { login, password, code: recoveryCodes[2] })
    expect([entered.status, entered.body['recoveryCodesLeft']]).toEqual([200, 7])
  })
})

describe('where the house asks for it', () => {
  test('a colleague without is led to set it up, on a telephone too, and goes on; a program is not asked', async () => {
    const { body } = await admin.post('/tokens', { name: 'caisse', roles: ['agent'], expiresAt: null })
    const opened = await admin.post('/tickets', { subject: 'Caisse', description: 'Elle ne démarre plus.' })
    const ticket = `/tickets/${opened.body['number']}`
    const sofie = await givePassword(SOFIE, { viewport: PHONE }, ticket)
    const answer = () => sofie.page.locator(`#reply-${opened.body['number']} textarea`)
    await answer().fill('Débranchez-la une minute.')
    const before = createApiClient(product.url)
    await before.signIn(SOFIE.email, SOFIE.password)
    const stream = await fetch(`${product.url}/api/v1/events`, { headers: { cookie: before.cookie } })
    expect((await admin.put('/settings/access', { staffSecondFactor: true })).status).toBe(200)
    // What she had open ends: it says no more than that she was there.
    expect(await stream.text()).not.toContain('ticket')
    expect((await before.get('/me')).body['code']).toBe('second-factor-due')
    const bearer = { authorization: `Bearer ${body['token']}` }
    const asProgram = createApiClient(product.url)
    expect((await asProgram.call('GET', '/tickets', undefined, bearer)).status).toBe(200)

    await sofie.page.getByRole('button', { name: /^Envoyer à/ }).click()
    await sofie.page.waitForURL('**/account/second-factor')
    await sofie.page.getByText('Elle est demandée à toute l’équipe').waitFor()
    await sofie.page.goto('/tickets')
    expect(pathOf(sofie), 'there is nothing else').toBe('/account/second-factor')
    const { codes } = await setUp(sofie, SOFIE, (name) => looksRight(sofie, `due-${name}`))
    expect(codes).toHaveLength(10)
    await sofie.page.getByRole('link', { name: 'Je les ai mis de côté' }).click()
    await sofie.page.goto(ticket)
    expect(await answer().inputValue(), 'what she was writing is kept').toBe('Débranchez-la une minute.')
    expect(sofie.complaints).toEqual([])
    await sofie.close()
  })

  test('an admin takes a colleague’s away: her sessions end, she is told by mail, the audit log tells', async () => {
    const luc = await givePassword(LUC, {}, `/people/${sofieId}`)
    await luc.page.getByRole('link', { name: 'Utiliser un code de secours' }).click()
    await luc.page.getByLabel('Code de secours').fill(recoveryCodes[3] ?? '')
    await luc.page.getByRole('button', { name: 'Confirmer' }).click()
    await luc.page.waitForURL(`**/people/${sofieId}`)
    await looksRight(luc, 'person')
    await luc.page.getByRole('button', { name: 'Retirer la double authentification' }).click()
    await luc.page.getByText('Double authentification retirée').waitFor()
    const { mail } = await sink.waitFor('the word that it is gone', ({ rcptTo, mail: { subject } }) =>
      Boolean(rcptTo.includes(SOFIE.email) && subject?.includes('a été retirée')),
    )
    expect(mail.text).toContain('luc a retiré la double authentification')
    await luc.page.goto(`/audit/accounts/${sofieId}`)
    await luc.page.getByText('retirée par un administrateur').waitFor()
    await luc.page.goto('/settings/access')
    await looksRight(luc, 'rule')
    expect(luc.complaints).toEqual([])
    await luc.close()
    // It is asked for again, because the house asks for it.
    const { email: login, password } = SOFIE
    const sofie = createApiClient(product.url)
    expect((await sofie.post('/session', { login, password })).status).toBe(200)
    expect((await sofie.get('/me')).body['code']).toBe('second-factor-due')
  })
})
