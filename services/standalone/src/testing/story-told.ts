/** The evaluation fills itself behind the ready product: what a test needs of it is there when this resolves. */
import { createApiClient, type ApiClient } from '@guichet/testing/api-client'
import type { Product } from '@guichet/testing/product'
import { until } from '@guichet/testing/until'

/** The link that was printed for this part (`support`, `administrateur`). */
export function entranceOf(product: Product, part: string): string {
  return new RegExp(`, ${part}: (\\S+)`).exec(product.output())?.[1] ?? ''
}

export async function enterAs(product: Product, part: string): Promise<ApiClient> {
  const client = createApiClient(product.url)
  await client.enter(entranceOf(product, part))
  return client
}

/** Its last act is that people have seen what is older than a day. */
export async function storyTold(product: Product): Promise<void> {
  const admin = await enterAs(product, 'administrateur')
  await until('the story is told', async () => {
    const newest = await admin.get('/tickets?view=open&sort=openedAt&limit=1')
    const { unread } = (await admin.get('/notifications?limit=1')).body
    return newest.body['items']?.[0]?.['number'] === 1020 && Number(unread) <= 8
  })
}
