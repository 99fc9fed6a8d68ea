/** Nothing to show, and what to do next. */
import type { ComponentChildren } from 'preact'

export function EmptyState(props: { title: string; text?: string; children?: ComponentChildren }) {
  return (
    <div class="empty-state">
      <h2>{props.title}</h2>
      {props.text ? <p>{props.text}</p> : null}
      {props.children ? <p class="actions">{props.children}</p> : null}
    </div>
  )
}
