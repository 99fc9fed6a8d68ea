/** Recovery codes to the clipboard, or to paper. Without script they are text to select, and a file to download. */
import { Controller } from '@hotwired/stimulus'

export class RecoveryCodesController extends Controller<HTMLElement> {
  static override targets = ['codes', 'button']
  declare readonly codesTarget: HTMLElement
  declare readonly buttonTargets: HTMLButtonElement[]

  override connect(): void {
    for (const button of this.buttonTargets) button.hidden = false
  }

  async copy({ currentTarget }: Event): Promise<void> {
    const codes = Array.from(this.codesTarget.children, (item) => item.textContent?.trim() ?? '')
    await navigator.clipboard.writeText(codes.join('\n'))
    if (currentTarget instanceof HTMLElement)
      currentTarget.textContent = currentTarget.dataset['copied'] ?? currentTarget.textContent
  }

  print(): void {
    globalThis.print()
  }
}
