/** What the link in the mail to a new address opens: a button, because mail scanners open links too. */
import { confirmAddress, getAddressClaim } from '@guichet/contracts/own-account'
import type { Page } from '../../page.ts'
import { Fault } from '../../parts/forms.tsx'
import { accountTexts } from '../../texts/account.ts'
import { filled } from '../../texts/texts.ts'

export const confirmAddressPage: Page = {
  path: '/addresses/:token',
  access: 'public',
  show: async (call, refusal) => {
    const { params, clientAddress, supportAddress } = call
    const { address, name, language } = await call.ask(getAddressClaim, {
      token: params['token'] ?? '',
      clientAddress,
    })
    const t = accountTexts(language)
    return {
      title: t.confirmTitle,
      body: (
        <section class="gate">
          <a class="brand" href="/">
            {call.brand}
          </a>
          <h1>{t.confirmTitle}</h1>
          <Fault refusal={refusal} />
          <p class="quiet-text">{filled(t.confirmLead, { name, address, support: supportAddress })}</p>
          <form method="post" class="stacked">
            <button class="primary">{t.confirm}</button>
          </form>
        </section>
      ),
    }
  },
  act: async (call) => {
    const { params, clientAddress, language, actor } = call
    const { address } = await call.ask(confirmAddress, { token: params['token'] ?? '', clientAddress })
    return {
      redirect: actor ? '/account' : '/',
      done: { text: filled(accountTexts(language).addressConfirmed, { address }) },
    }
  },
}
