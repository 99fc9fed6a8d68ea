/** Fields that keep what was typed and say what was wrong with it. */
import type { ComponentChildren, JSX } from 'preact'
import type { Refusal } from '../page.ts'

interface FieldProps {
  name: string
  label: string
  refusal?: Refusal | undefined
  type?: 'text' | 'password' | 'email' | 'date' | 'month' | 'time' | 'number' | 'search' | 'textarea'
  value?: string
  required?: boolean
  hint?: string
  placeholder?: string
  autocomplete?: string
  autofocus?: boolean
  min?: string
  max?: string
  step?: string
  maxLength?: number
  inputmode?: 'decimal' | 'numeric' | 'email'
  /** Suggestions, as a `<datalist>`. */
  suggestions?: readonly string[]
  class?: string
  /** Two forms of one page may have a field of the same name: their ids differ by this. */
  prefix?: string
  data?: Record<`data-${string}`, string>
}

export function faultOf(refusal: Refusal | undefined, name: string): string | undefined {
  return refusal?.problem.errors?.find(({ field }) => field === name || field.endsWith(`.${name}`))?.detail
}

export function Field(props: FieldProps) {
  const { name, label, refusal, type = 'text', hint, required = true, suggestions, prefix = '' } = props
  const id = `${prefix}${name}`
  const fault = faultOf(refusal, name)
  const value = type === 'password' ? undefined : (refusal?.values[name] ?? props.value)
  const described = [hint ? `${id}-hint` : '', fault ? `${id}-fault` : ''].filter(Boolean).join(' ')
  const own = {
    id,
    name,
    required,
    'aria-invalid': fault ? true : undefined,
    'aria-describedby': described || undefined,
    placeholder: props.placeholder,
    autofocus: props.autofocus,
    maxLength: props.maxLength,
    ...props.data,
  }
  // Preact types each kind of input apart; which one it is, is known at run time only.
  const { autocomplete, min, max, step, inputmode } = props
  const list = suggestions ? `${id}-list` : undefined
  const attributes = {
    ...own,
    type,
    value,
    autocomplete,
    min,
    max,
    step,
    list,
    inputMode: inputmode,
  } as JSX.IntrinsicElements['input']
  return (
    <div class={props.class ? `field ${props.class}` : 'field'}>
      <label for={id}>{label}</label>
      {type === 'textarea' ? (
        <textarea {...own} rows={5}>
          {value}
        </textarea>
      ) : (
        <input {...attributes} />
      )}
      {suggestions ? (
        <datalist id={list}>
          {suggestions.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      ) : null}
      {hint ? (
        <small id={`${id}-hint`} class="hint">
          {hint}
        </small>
      ) : null}
      {fault ? (
        <small id={`${id}-fault`} class="fault">
          {fault}
        </small>
      ) : null}
    </div>
  )
}

export function Choice(props: {
  name: string
  label: string
  options: Readonly<Record<string, string>>
  value?: string
  refusal?: Refusal | undefined
  hint?: string
  class?: string
  prefix?: string
}) {
  const chosen = props.refusal?.values[props.name] ?? props.value
  const id = `${props.prefix ?? ''}${props.name}`
  const fault = faultOf(props.refusal, props.name)
  const described = [props.hint ? `${id}-hint` : '', fault ? `${id}-fault` : ''].filter(Boolean).join(' ')
  return (
    <div class={props.class ? `field ${props.class}` : 'field'}>
      <label for={id}>{props.label}</label>
      <select
        id={id}
        name={props.name}
        aria-invalid={fault ? true : undefined}
        aria-describedby={described || undefined}
      >
        {Object.entries(props.options).map(([value, text]) => (
          <option key={value} value={value} selected={value === chosen}>
            {text}
          </option>
        ))}
      </select>
      {props.hint ? (
        <small id={`${id}-hint`} class="hint">
          {props.hint}
        </small>
      ) : null}
      {fault ? (
        <small id={`${id}-fault`} class="fault">
          {fault}
        </small>
      ) : null}
    </div>
  )
}

/** A few choices, all of them readable at once, each with what it means. */
export function Choices(props: {
  name: string
  legend: string
  options: readonly { value: string; label: string; meaning?: string }[]
  value?: string
  refusal?: Refusal | undefined
}) {
  const chosen = props.refusal?.values[props.name] ?? props.value
  return (
    <fieldset class="choices">
      <legend>{props.legend}</legend>
      {props.options.map(({ value, label, meaning }) => (
        <label key={value}>
          <input type="radio" name={props.name} value={value} checked={value === chosen} />
          <span>{label}</span>
          {meaning ? <small>{meaning}</small> : null}
        </label>
      ))}
    </fieldset>
  )
}

export function Check(props: { name: string; label: string; checked?: boolean; prefix?: string }) {
  const id = `${props.prefix ?? ''}${props.name}`
  return (
    <label class="check" for={id}>
      <input type="checkbox" id={id} name={props.name} value="true" checked={props.checked} />
      <span>{props.label}</span>
    </label>
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
  kind?: 'primary' | 'plain' | 'danger' | 'link'
  label?: string
  shortcut?: string
  children: ComponentChildren
}) {
  return (
    <form method="post" action={props.action} class="inline">
      {Object.entries(props.fields ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button class={props.kind} aria-label={props.label} data-key={props.shortcut}>
        {props.children}
      </button>
    </form>
  )
}
