/** Events that a service could not handle: a person sees, repairs, replays. */
import {
  DeadLetter,
  listDeadLetters,
  retryDeadLetter,
  serviceOfDeadLetter,
} from '@guichet/contracts/delivery'
import { Failure } from '@guichet/contracts/failure'
import { PageOf } from '@guichet/contracts/values/paging'
import { route } from '@guichet/http'
import { Type } from 'typebox'
import { SERVICES } from '../services.ts'
import { done, ok } from './replies.ts'

const tag = 'Dead letters'
/** Each service is asked for its newest; more than this at once is a fault of another kind. */
const NEWEST = 100

export const deadLetterRoutes = [
  route({
    method: 'GET',
    path: '/dead-letters',
    access: 'signed-in',
    tag,
    summary: 'Events that could not be handled, of every service, newest first',
    answers: { 200: PageOf(DeadLetter) },
    handle: async ({ ask }) => {
      const pages = await Promise.all(
        SERVICES.map((service) => ask(listDeadLetters(service), { limit: NEWEST })),
      )
      const items = pages.flatMap((page) => page.items).sort((a, b) => b.deadSince.localeCompare(a.deadSince))
      return ok({ items, next: null })
    },
  }),
  route({
    method: 'POST',
    path: '/dead-letters/:id/retry',
    access: 'signed-in',
    tag,
    summary: 'Try it again, and those that wait behind it, in order',
    params: Type.Object({ id: Type.String({ maxLength: 1000 }) }),
    answers: { 204: null },
    handle: async ({ ask, params }) => {
      const service = SERVICES.find((each) => each === serviceOfDeadLetter(params.id))
      if (!service) throw new Failure('not-found')
      await ask(retryDeadLetter(service), { id: params.id })
      return done()
    },
  }),
]
