import type { InputOf, OutputOf, RequestContract } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { PageCall } from './page.ts'

/** For a part of a page that this reader may not see, or whose service is away: undefined, and the page is readable without. */
export async function askWhereAllowed<C extends RequestContract>(
  call: PageCall,
  contract: C,
  input: InputOf<C>,
): Promise<OutputOf<C> | undefined> {
  try {
    return await call.ask(contract, input)
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}
