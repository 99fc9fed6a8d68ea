/** The addresses somebody writes from; the account's own stays. */
import { filled } from '../texts/texts.ts'
import { Action } from './forms.tsx'

export function AddressList(props: {
  addresses: readonly string[]
  own: string
  /** Path of the form that takes one off. */
  action: string
  /** `removeAddress` names the address for who hears the button. */
  words: { remove: string; removeAddress: string; own?: string }
}) {
  const { addresses, own, action, words } = props
  return (
    <ul class="time-list spaced">
      {addresses.map((address) => (
        <li key={address}>
          <span>{address}</span>
          {address === own ? (
            <span class="quiet-text">{words.own}</span>
          ) : (
            <Action
              action={action}
              fields={{ address }}
              kind="link"
              label={filled(words.removeAddress, { address })}
            >
              {words.remove}
            </Action>
          )}
        </li>
      ))}
    </ul>
  )
}
