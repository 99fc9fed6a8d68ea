/** Fields that keep what was typed and say what was wrong with it. */
import type { ComponentChildren, JSX } from 'preact'
import type { Refusal } from '../page.ts'

interface FieldProps {
  name: string
  label: string
  refusal?: Refusal | undefined
  type?: 'text' | 'password' | 'email' | 'date' | 'number' | 'textarea'
  value?: string
  required?: boolean
  hint?: string
  autocomplete?: string
  min?: string
  step?: string
}

function faultOf(refusal: Refusal | undefined, name: string): string | undefined {
  return refusal?.problem.errors?.find(({ field }) => field === name || field.endsWith(`.${name}`))?.detail
}

export function Field(props: FieldProps) {
  const { name, label, refusal, type = 'text', hint, required = true } = props
  const fault = faultOf(refusal, name)
  const value = type === 'password' ? undefined : (refusal?.values[name] ?? props.value)
  const described = [hint ? `${name}-hint` : '', fault ? `${name}-fault` : ''].filter(Boolean).join(' ')
  const own = {
    id: name,
    name,
    required,
    'aria-invalid': fault ? true : undefined,
    'aria-describedby': described || undefined,
  }
  // Preact types each kind of input apart; which one it is, is known at run time only.
  const { autocomplete, min, step } = props
  const attributes = { ...own, type, value, autocomplete, min, step } as JSX.IntrinsicElements['input']
  return (
    <p class="field">
      <label for={name}>{label}</label>
      {type === 'textarea' ? (
        <textarea {...own} rows={6}>
          {value}
        </textarea>
      ) : (
        <input {...attributes} />
      )}
      {hint ? (
        <small id={`${name}-hint`} class="hint">
          {hint}
        </small>
      ) : null}
      {fault ? (
        <small id={`${name}-fault`} class="fault">
          {fault}
        </small>
      ) : null}
    </p>
  )
}

export function Choice(props: {
  name: string
  label: string
  options: Readonly<Record<string, string>>
  value?: string
  refusal?: Refusal | undefined
}) {
  const chosen = props.refusal?.values[props.name] ?? props.value
  return (
    <p class="field">
      <label for={props.name}>{props.label}</label>
      <select id={props.name} name={props.name}>
        {Object.entries(props.options).map(([value, text]) => (
          <option key={value} value={value} selected={value === chosen}>
            {text}
          </option>
        ))}
      </select>
    </p>
  )
}

/** What was wrong with the form as a whole, told to a screen reader at once. */
export function Fault({ refusal }: { refusal: Refusal | undefined }) {
  if (!refusal) return null
  const { detail, errors = [] } = refusal.problem
  return (
    <div class="fault-box" role="alert">
      <p>{detail}</p>
      {errors.length > 0 ? (
        <ul>
          {errors.map(({ field, detail: what }) => (
            <li key={field + what}>{what}</li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

/** A button that is a form of its own. */
export function Action(props: {
  action: string
  fields?: Record<string, string>
  quiet?: boolean
  children: ComponentChildren
}) {
  return (
    <form method="post" action={props.action} class="inline">
      {Object.entries(props.fields ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button class={props.quiet ? 'quiet' : undefined}>{props.children}</button>
    </form>
  )
}
