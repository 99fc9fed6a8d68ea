/** How invoices name the house. */
import { getSeller, putSeller } from '@guichet/contracts/billing'
import type { Page } from '../../page.ts'
import { AuditLink } from '../../parts/audit-link.tsx'
import { Choice, Fault, Field } from '../../parts/forms.tsx'
import { settingsTexts } from '../../texts/settings.ts'
import { SettingsHead } from './tabs.tsx'

const REGIMES = ['normal', 'franchise', 'reverse-charge', 'exempt'] as const
const LANGUAGES = ['fr', 'nl', 'de', 'en'] as const

export const sellerPage: Page = {
  path: '/settings/seller',
  access: 'finance',
  show: async (call, refusal) => {
    const t = settingsTexts(call.language)
    const now = await call.ask(getSeller, {})
    const field = (name: string, label: string, value: string | null | undefined, hint?: string) => (
      <Field
        name={name}
        label={label}
        value={value ?? ''}
        hint={hint}
        required={name === 'name'}
        refusal={refusal}
      />
    )
    return {
      title: t.tabs.seller,
      body: (
        <>
          <SettingsHead call={call} current="seller" />
          <p class="hint">{t.sellerLead}</p>
          <Fault refusal={refusal} />
          <form method="post" class="stacked narrow-form spaced">
            <fieldset class="stacked">
              <legend>{t.identity}</legend>
              {field('name', t.name, now?.name)}
              <div class="row">
                {field('legalName', t.legalName, now?.legalName)}
                {field('legalForm', t.legalForm, now?.legalForm, t.legalFormHint)}
              </div>
              <div class="row">
                {field('vatNumber', t.vatNumber, now?.vatNumber)}
                {field('enterpriseNumber', t.enterpriseNumber, now?.enterpriseNumber)}
              </div>
              <div class="row">
                {field('registry', t.registry, now?.registry, t.registryHint)}
                <Choice
                  name="vatRegime"
                  label={t.vatRegime}
                  options={t.vatRegimes}
                  value={now?.vatRegime ?? 'normal'}
                  refusal={refusal}
                />
              </div>
            </fieldset>
            <fieldset class="stacked">
              <legend>{t.address}</legend>
              {field('street', t.street, now?.address?.street)}
              <div class="row">
                {field('zip', t.zip, now?.address?.zip)}
                {field('city', t.city, now?.address?.city)}
              </div>
              <Choice
                name="invoiceLanguage"
                label={t.invoiceLanguage}
                options={t.languages}
                value={now?.invoiceLanguage ?? 'fr'}
                refusal={refusal}
              />
            </fieldset>
            <fieldset class="stacked">
              <legend>{t.bank}</legend>
              <div class="row">
                {field('iban', 'IBAN', now?.iban)}
                {field('bic', 'BIC', now?.bic)}
              </div>
              <div class="row">
                {field('email', t.email, now?.email)}
                {field('phone', t.phone, now?.phone)}
              </div>
            </fieldset>
            <p>
              <button class="primary">{t.save}</button>
            </p>
          </form>
          <AuditLink call={call} kind="seller" id="seller" />
        </>
      ),
    }
  },
  act: async ({ ask, form, language }) => {
    const now = await ask(getSeller, {})
    const given = (name: string) => form[name]?.trim() || null
    const [street, zip, city] = [given('street'), given('zip'), given('city')]
    await ask(putSeller, {
      seller: {
        ...now,
        name: form['name'] ?? '',
        legalName: given('legalName'),
        legalForm: given('legalForm'),
        vatNumber: given('vatNumber'),
        enterpriseNumber: given('enterpriseNumber'),
        registry: given('registry'),
        address:
          street || zip || city
            ? {
                street: street ?? '',
                zip: zip ?? '',
                city: city ?? '',
                country: now?.address?.country ?? 'BE',
              }
            : null,
        iban: given('iban'),
        bic: given('bic'),
        email: given('email'),
        phone: given('phone'),
        vatRegime: REGIMES.find((each) => each === form['vatRegime']) ?? now?.vatRegime ?? 'normal',
        invoiceLanguage:
          LANGUAGES.find((each) => each === form['invoiceLanguage']) ?? now?.invoiceLanguage ?? 'fr',
      },
    })
    return { redirect: '/settings/seller', done: { text: settingsTexts(language).saved } }
  },
}
