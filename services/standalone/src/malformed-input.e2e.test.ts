/** What no schema can read is refused as a problem that says so, at every door of the API; never an error of ours. */
import { createApiClient, type ApiClient } from '@guichet/testing/api-client'
import { startProduct, type Product } from '@guichet/testing/product'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const ADMIN = { email: 'luc@exeko.test', password: 'Guichet-Desk-42' }

interface Operation {
  parameters?: { name: string; in: string }[]
  requestBody?: { content: Record<string, unknown> }
}

describe('malformed input', () => {
  let product: Product
  let admin: ApiClient
  let token: string
  let operations: [method: string, path: string, operation: Operation][]

  beforeAll(async () => {
    product = await startProduct('start', { ADMIN_EMAIL: ADMIN.email, ADMIN_PASSWORD: ADMIN.password })
    admin = createApiClient(product.url)
    await admin.post('/session', { login: ADMIN.email, password: ADMIN.password })
    const made = await admin.post('/tokens', {
      name: 'essai',
      roles: ['admin', 'agent', 'finance'],
      expiresAt: '2099-01-01T00:00:00Z',
    })
    token = made.body['token'] as string
    const { paths } = (await (await fetch(`${product.url}/api/openapi.json`)).json()) as {
      paths: Record<string, Record<string, Operation>>
    }
    operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]): [string, string, Operation] => [
        method.toUpperCase(),
        path.replaceAll('{number}', '1001').replaceAll(/\{\w+\}/g, 'x'),
        operation,
      ]),
    )
  })
  afterAll(() => product.remove())

  async function send(method: string, path: string, init: { type?: string; body?: string } = {}) {
    const headers: Record<string, string> = { authorization: `Bearer ${token}` }
    if (init.type) headers['content-type'] = init.type
    const response = await fetch(`${product.url}${path}`, { method, headers, body: init.body })
    const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json')
    const problem = isProblem
      ? ((await response.json()) as { errors?: { field: string; code: string }[] })
      : {}
    return { where: `${method} ${path}`, status: response.status, isProblem, errors: problem.errors }
  }

  test('a body that is no JSON', async () => {
    const taking = operations.filter(([, , { requestBody }]) => requestBody?.content['application/json'])
    expect(taking.length).toBeGreaterThan(20)
    for (const [method, path] of taking) {
      const refused = await send(method, path, { type: 'application/json', body: '{"a": }' })
      expect(refused).toMatchObject({ where: `${method} ${path}`, status: 400, isProblem: true })
    }
  })

  test('a form without its boundary, and one that is cut short', async () => {
    const taking = operations.filter(([, , { requestBody }]) => requestBody?.content['multipart/form-data'])
    expect(taking.length).toBeGreaterThan(1)
    const cut = '--b\r\ncontent-disposition: form-data; name="files"; filename="a.txt"\r\n\r\nabc'
    for (const [method, path] of taking) {
      for (const form of [
        { type: 'multipart/form-data', body: 'x' },
        { type: 'multipart/form-data; boundary=b', body: cut },
      ]) {
        const refused = await send(method, path, form)
        expect(refused).toMatchObject({ where: `${method} ${path}`, status: 400, isProblem: true })
      }
    }
  })

  test('a cursor that is none, or of another list', async () => {
    const paged = operations.filter(([, , { parameters }]) =>
      parameters?.some(({ name }) => name === 'cursor'),
    )
    expect(paged.length).toBeGreaterThan(8)
    const own = new Set(['/api/v1/companies/x/accounts', '/api/v1/accounts/x/addresses'])
    for (const [method, path] of paged.filter(([, each]) => !own.has(each))) {
      for (const cursor of ['', 'bm9uc2Vuc2U', Buffer.from('["0123456789","a","b"]').toString('base64url')]) {
        const refused = await send(method, `${path}?cursor=${cursor}`)
        // Where the list is of something that is not there, that comes first.
        if (refused.status === 404) continue
        expect(refused).toMatchObject({ status: 400, errors: [{ field: 'cursor', code: 'unknown-cursor' }] })
      }
    }
  })
})
