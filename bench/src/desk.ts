/** The product under measurement, started as its users start it, with people to speak for. */
import { createApiClient, type ApiClient } from '@guichet/testing/api-client'
import { startProduct, type Product } from '@guichet/testing/product'

export const SENDER = 'anne@delvaux.test'
export const SUPPORT = 'sos@exeko.test'

export interface Desk {
  product: Product
  admin: ApiClient
}

export async function openDesk(): Promise<Desk> {
  const product = await startProduct('start', {
    ADMIN_EMAIL: 'luc@exeko.test',
    ADMIN_PASSWORD: 'Guichet-Desk-42',
    SUPPORT_ADDRESS: SUPPORT,
    REQUIRE_AUTHENTICATED_SENDERS: 'false',
    LOG_LEVEL: 'error',
  })
  const admin = createApiClient(product.url)
  await admin.signIn('luc@exeko.test', 'Guichet-Desk-42')
  const company = await admin.post('/companies', { name: 'Delvaux' })
  await admin.post(`/companies/${company.body['id']}/accounts`, {
    email: SENDER,
    name: 'Anne',
    roles: ['customer'],
  })
  return { product, admin }
}

const WORDS =
  'imprimante réseau écran facture serveur clavier messagerie sauvegarde lenteur panne accès agenda'.split(
    ' ',
  )
const word = (index: number) => WORDS[index % WORDS.length] ?? ''

/** A ticket as people write them: a few words, two lines. */
export function ticketBody(index: number): string {
  const subject = `${word(index)} ${word(index * 7 + 3)} poste ${index}`
  const description = `Bonjour,\n\nDepuis ce matin ${word(index * 5 + 1)} ne répond plus au poste ${index}. Pouvez-vous regarder ${word(index * 3 + 2)} ?\n\nMerci`
  return JSON.stringify({ subject, description })
}

export const CREATE = { method: 'POST' as const, path: '/api/v1/tickets', expect: 201 }
export const headersOf = (cookie: string) => ({ cookie, 'content-type': 'application/json' })
