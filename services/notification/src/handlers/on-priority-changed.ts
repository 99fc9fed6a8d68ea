import { priorityChanged } from '@guichet/contracts/ticket'
import { on } from '@guichet/service'
import { onPriorityChanged } from '../domain/telling.ts'
import type { Context } from './context.ts'
import { tellOfChange } from './tell-of-change.ts'

export function onPriorityChangedEvent(context: Context) {
  return on(priorityChanged, (change, event) => tellOfChange(context, change, event, onPriorityChanged))
}
