/** How invoices name the house. */
import { getSeller, putSeller } from '@guichet/contracts/billing'
import type { Page } from '../page.ts'
import { Fault, Field } from '../parts/forms.tsx'
import { textsIn } from '../texts/texts.ts'

const seller: Page = {
  path: '/settings/seller',
  access: 'finance',
  show: async (call, refusal) => {
    const t = textsIn(call.language)
    const now = await call.ask(getSeller, {})
    const text = (name: string, label: string, value: string | null | undefined, required = true) => (
      <Field name={name} label={label} value={value ?? ''} required={required} refusal={refusal} />
    )
    return {
      title: t.seller,
      body: (
        <section class="stack">
          <h1>{t.seller}</h1>
          <Fault refusal={refusal} />
          <form method="post">
            {text('name', t.name, now?.name)}
            {text('legalForm', t.sellerFields.legalForm, now?.legalForm)}
            {text('vatNumber', t.vatNumber, now?.vatNumber)}
            {text('enterpriseNumber', t.sellerFields.enterpriseNumber, now?.enterpriseNumber)}
            {text('registry', t.sellerFields.registry, now?.registry)}
            {text('street', t.sellerFields.street, now?.address?.street)}
            {text('zip', t.sellerFields.zip, now?.address?.zip)}
            {text('city', t.sellerFields.city, now?.address?.city)}
            {text('iban', 'IBAN', now?.iban)}
            {text('bic', 'BIC', now?.bic, false)}
            {text('email', t.email, now?.email)}
            <button>{t.save}</button>
          </form>
        </section>
      ),
    }
  },
  act: async ({ ask, form }) => {
    const now = await ask(getSeller, {})
    const { street = '', zip = '', city = '', ...fields } = form
    const given = (name: string) => fields[name] || null
    await ask(putSeller, {
      seller: {
        ...now,
        name: fields['name'] ?? '',
        legalForm: given('legalForm'),
        vatNumber: given('vatNumber'),
        enterpriseNumber: given('enterpriseNumber'),
        registry: given('registry'),
        address: { street, zip, city, country: now?.address?.country ?? 'BE' },
        iban: given('iban'),
        bic: given('bic'),
        email: given('email'),
      },
    })
    return { redirect: '/settings/seller' }
  },
}

export const sellerPages: readonly Page[] = [seller]
