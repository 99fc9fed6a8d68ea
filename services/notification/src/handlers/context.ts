import type { ServiceParts } from '@guichet/service'
import type { NotificationConfig } from '../config.ts'
import type { Facts } from '../facts.ts'
import type { TellStranger } from '../tell-stranger.ts'
import type { Tell } from '../tell.ts'

/** What every handler works with. */
export interface Context {
  parts: ServiceParts<NotificationConfig>
  facts: Facts
  tell: Tell
  tellStranger: TellStranger
}
