/** People who come in as people do: registered by an admin, by the link of their welcome mail, through the sign-in page. */
import { createApiClient, type ApiClient } from '@guichet/testing/api-client'
import type { MailSink } from '@guichet/testing/mail-sink'
import type { Product } from '@guichet/testing/product'
import type { TestBrowser, Visitor, VisitorOptions } from './browser.ts'

export interface Newcomer {
  api: ApiClient
  id: string
  companyId: string
}

/** The first person of a client of their own. */
export async function newClient(
  { product, sink, admin }: { product: Product; sink: MailSink; admin: ApiClient },
  {
    company,
    email,
    roles = ['customer'],
    password,
  }: { company: string; email: string; roles?: string[]; password: string },
): Promise<Newcomer> {
  const companyId = String((await admin.post('/companies', { name: company })).body['id'])
  const made = await admin.post(`/companies/${companyId}/accounts`, { email, name: email, roles })
  const { mail } = await sink.waitFor(`the welcome mail of ${email}`, ({ rcptTo }) => rcptTo[0] === email)
  const token = /\/activation\/([\w-]+)/.exec(mail.text ?? '')?.[1]
  const api = createApiClient(product.url)
  await api.post('/activation', { token, password })
  return { api, id: String(made.body['id']), companyId }
}

export async function signedIn(
  browser: TestBrowser,
  product: Product,
  { email, password }: { email: string; password: string },
  options?: VisitorOptions,
): Promise<Visitor> {
  const visitor = await browser.visit(`${product.url}/sign-in`, options)
  await visitor.page.fill('input[name=login]', email)
  await visitor.page.fill('input[name=password]', password)
  await visitor.page.locator('form button').first().click()
  await visitor.page.waitForURL((url) => url.pathname !== '/sign-in')
  return visitor
}
