/** Each rule ticks as it is met. The rules themselves are the server's: this only shows how far one is. */
import { Controller } from '@hotwired/stimulus'

const RULES: Record<string, (password: string, again: string) => boolean> = {
  length: (password) => [...password].length >= 8,
  lower: (password) => /\p{Ll}/u.test(password),
  upper: (password) => /\p{Lu}/u.test(password),
  digit: (password) => /\p{Nd}/u.test(password),
  special: (password) => /[^\p{L}\p{Nd}\s]/u.test(password),
  same: (password, again) => password !== '' && password === again,
}

export class PasswordRulesController extends Controller<HTMLElement> {
  static override targets = ['password', 'again', 'rule']
  declare readonly passwordTarget: HTMLInputElement
  declare readonly againTarget: HTMLInputElement
  declare readonly ruleTargets: HTMLElement[]

  override connect(): void {
    this.check()
  }

  check(): void {
    for (const rule of this.ruleTargets) {
      const isMet =
        RULES[rule.dataset['rule'] ?? '']?.(this.passwordTarget.value, this.againTarget.value) ?? false
      rule.classList.toggle('met', isMet)
      const state = rule.querySelector('.unseen')
      if (state) state.textContent = isMet ? (rule.dataset['met'] ?? '') : (rule.dataset['unmet'] ?? '')
    }
  }
}
