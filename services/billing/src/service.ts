/** Prestations, contracts, packs, invoices, payments. The table of contents. */
import {
  billingSettingsChanged,
  changeDraft,
  changePrestation,
  contractChanged,
  creditInvoice,
  discardDraft,
  draftInvoice,
  getContract,
  getInvoice,
  getInvoiceDocument,
  getInvoiceRun,
  getSeller,
  getSeries,
  invoiceIssued,
  invoicePaid,
  issueInvoice,
  listInvoices,
  listPacks,
  listPrestations,
  logPrestation,
  packSold,
  prestationChanged,
  prestationLogged,
  prestationRemoved,
  putContract,
  putSeller,
  putSeries,
  recordPayment,
  removePrestation,
  runInvoices,
  sellPack,
  withdrawPack,
} from '@guichet/contracts/billing'
import {
  deliveryChanged,
  getDelivery,
  listDeliveries,
  noteDeliveryNews,
  retryDelivery,
} from '@guichet/contracts/invoice-delivery'
import { getLogo, putLogo } from '@guichet/contracts/letterhead'
import {
  exportInvoices,
  getReminderSettings,
  invoiceReminded,
  invoiceTakenOver,
  listReceivables,
  takeOverInvoice,
  withdrawInvoice,
  pauseReminders,
  phraseQuestion,
  putReminderSettings,
  remindOfInvoice,
  verifyDocuments,
} from '@guichet/contracts/receivables'
import { exportReport, getAgeing, getRevenue } from '@guichet/contracts/reports'
import { takeOverInvoices, takeOverPacks } from '@guichet/contracts/take-over'
import {
  answer,
  anyone,
  createService,
  either,
  finance,
  hidden,
  services,
  signedIn,
  staff,
  type RequestCall,
  type Service,
  type ServiceParts,
} from '@guichet/service'
import { verifyPage } from './archive/verify-documents.ts'
import { LOGO_ID } from './collections.ts'
import type { BillingConfig } from './config.ts'
import { createContext, type Context } from './context.ts'
import { settingsOf } from './domain/series.ts'
import { discardDraft as discard } from './drafting/discard-draft.ts'
import { errors } from './errors.ts'
import { FINISH_EVERY_MS, finishUnfinished } from './finish-unfinished.ts'
import { onInvoiceIssued } from './handlers/on-invoice-issued.ts'
import { issueDocument } from './issuing/issue-document.ts'
import { answerChangeDraft } from './requests/change-draft.ts'
import {
  foreseeInvoice,
  holdPrestation,
  listUnbilled,
  releasePrestation,
} from '@guichet/contracts/unbilled-work'
import { getTimeBalance, listAgentPrestations, previewPrestation } from '@guichet/contracts/service-time'
import { answerChangePrestation } from './requests/change-prestation.ts'
import { answerCreditInvoice } from './requests/credit-invoice.ts'
import { answerDraftInvoice } from './requests/draft-invoice.ts'
import { answerExportInvoices } from './requests/export-invoices.ts'
import { answerGetContract } from './requests/get-contract.ts'
import { answerGetDelivery } from './requests/get-delivery.ts'
import { answerGetInvoiceDocument } from './requests/get-invoice-document.ts'
import { answerGetInvoice } from './requests/get-invoice.ts'
import { answerHoldPrestation, answerReleasePrestation } from './requests/hold-prestation.ts'
import { answerListUnbilled } from './requests/list-unbilled.ts'
import { answerListDeliveries } from './requests/list-deliveries.ts'
import { answerListInvoices } from './requests/list-invoices.ts'
import { answerListPacks } from './requests/list-packs.ts'
import { answerGetTimeBalance } from './requests/get-time-balance.ts'
import { answerListAgentPrestations } from './requests/list-agent-prestations.ts'
import { answerListPrestations } from './requests/list-prestations.ts'
import { answerExportReport } from './requests/export-report.ts'
import { answerForeseeInvoice } from './requests/foresee-invoice.ts'
import { answerGetAgeing } from './requests/get-ageing.ts'
import { answerGetRevenue } from './requests/get-revenue.ts'
import { answerListReceivables } from './requests/list-receivables.ts'
import { answerPreviewPrestation } from './requests/preview-prestation.ts'
import { answerLogPrestation } from './requests/log-prestation.ts'
import { answerNoteDeliveryNews } from './requests/note-delivery-news.ts'
import { answerPauseReminders } from './requests/pause-reminders.ts'
import { answerPhraseQuestion } from './requests/phrase-question.ts'
import { answerPutContract } from './requests/put-contract.ts'
import { answerPutLogo } from './requests/put-logo.ts'
import { answerPutReminderSettings } from './requests/put-reminder-settings.ts'
import { answerPutSeller } from './requests/put-seller.ts'
import { answerPutSeries } from './requests/put-series.ts'
import { answerRecordPayment } from './requests/record-payment.ts'
import { answerRemindOfInvoice } from './requests/remind-of-invoice.ts'
import { answerRemovePrestation } from './requests/remove-prestation.ts'
import { answerRetryDelivery } from './requests/retry-delivery.ts'
import { answerRunInvoices } from './requests/run-invoices.ts'
import { answerTakeOverInvoice } from './requests/take-over-invoice.ts'
import { answerTakeOverInvoices } from './requests/take-over-invoices.ts'
import { answerTakeOverPacks } from './requests/take-over-packs.ts'
import { answerWithdrawInvoice } from './requests/withdraw-invoice.ts'
import { answerWithdrawPack } from './requests/withdraw-pack.ts'
import { answerSellPack } from './requests/sell-pack.ts'
import { invoiceForFinance } from './requests/visible-invoice.ts'
import { REMIND_EVERY_MS, remindOfAllDue } from './reminding/remind.ts'
import { prepaidLow } from '@guichet/contracts/prepaid'
import { WARN_EVERY_MS, warnOfLowPacks } from './selling/warn-of-low-packs.ts'
import { DELIVER_EVERY_MS, deliverDue } from './sending/deliver.ts'
import { invoiceView } from './views/invoice-view.ts'
import { runView } from './views/run-view.ts'

export function createBillingService(parts: ServiceParts<BillingConfig>): Service {
  const context = createContext(parts)
  const to =
    <I, O>(run: (context: Context, input: I, actor: RequestCall['actor']) => Promise<O>) =>
    (input: I, { actor }: RequestCall) =>
      run(context, input, actor)
  const people = either(signedIn, services())
  return createService(
    {
      name: 'billing',
      errors,
      answers: [
        answer(logPrestation, signedIn, to(answerLogPrestation)),
        answer(listPrestations, people, to(answerListPrestations)),
        answer(previewPrestation, signedIn, to(answerPreviewPrestation)),
        answer(listAgentPrestations, signedIn, to(answerListAgentPrestations)),
        answer(getTimeBalance, finance, to(answerGetTimeBalance)),
        answer(changePrestation, signedIn, to(answerChangePrestation)),
        answer(removePrestation, signedIn, to(answerRemovePrestation)),

        answer(getContract, hidden(either(staff, services())), to(answerGetContract)),
        answer(putContract, signedIn, to(answerPutContract)),
        answer(listPacks, people, to(answerListPacks)),
        answer(sellPack, signedIn, to(answerSellPack)),
        answer(withdrawPack, finance, to(answerWithdrawPack)),

        answer(getSeller, either(staff, services()), async () => (await context.seller()) ?? null),
        answer(holdPrestation, signedIn, to(answerHoldPrestation)),
        answer(releasePrestation, signedIn, to(answerReleasePrestation)),
        answer(listUnbilled, finance, to(answerListUnbilled)),
        answer(foreseeInvoice, signedIn, to(answerForeseeInvoice)),
        answer(putSeller, finance, to(answerPutSeller)),
        answer(
          getLogo,
          either(staff, services()),
          async () => (await context.logos.get(LOGO_ID))?.value ?? null,
        ),
        answer(putLogo, finance, to(answerPutLogo)),
        answer(getSeries, finance, async () => settingsOf((await context.readSeries()).value)),
        answer(putSeries, finance, to(answerPutSeries)),

        answer(runInvoices, finance, to(answerRunInvoices)),
        answer(getInvoiceRun, hidden(finance), ({ id }) => runView(context, id)),
        answer(draftInvoice, finance, to(answerDraftInvoice)),
        answer(changeDraft, signedIn, to(answerChangeDraft)),
        answer(discardDraft, signedIn, async ({ id }, { actor }) => {
          await discard(context, (await invoiceForFinance(context, id, actor)).id)
          return {}
        }),
        answer(issueInvoice, signedIn, async ({ id }, { actor }) => {
          const draft = await invoiceForFinance(context, id, actor)
          return invoiceView(await issueDocument(context, draft.id, actor))
        }),
        answer(listInvoices, people, to(answerListInvoices)),
        answer(getInvoice, people, to(answerGetInvoice)),
        answer(getInvoiceDocument, people, to(answerGetInvoiceDocument)),
        answer(recordPayment, signedIn, to(answerRecordPayment)),
        answer(creditInvoice, signedIn, to(answerCreditInvoice)),
        answer(phraseQuestion, signedIn, to(answerPhraseQuestion)),

        answer(getRevenue, finance, to(answerGetRevenue)),
        answer(getAgeing, finance, () => answerGetAgeing(context)),
        answer(exportReport, finance, to(answerExportReport)),
        answer(takeOverInvoice, finance, to(answerTakeOverInvoice)),
        answer(takeOverInvoices, finance, to(answerTakeOverInvoices)),
        answer(takeOverPacks, finance, to(answerTakeOverPacks)),
        answer(withdrawInvoice, signedIn, to(answerWithdrawInvoice)),
        answer(listReceivables, finance, to(answerListReceivables)),
        answer(remindOfInvoice, signedIn, to(answerRemindOfInvoice)),
        answer(pauseReminders, signedIn, to(answerPauseReminders)),
        answer(getReminderSettings, finance, () => context.reminderSettings()),
        answer(putReminderSettings, finance, to(answerPutReminderSettings)),
        answer(exportInvoices, finance, to(answerExportInvoices)),
        answer(verifyDocuments, finance, (query) =>
          verifyPage({ invoices: context.invoices, blobs: parts.store.blobs }, query),
        ),

        answer(getDelivery, signedIn, to(answerGetDelivery)),
        answer(listDeliveries, finance, to(answerListDeliveries)),
        answer(retryDelivery, signedIn, to(answerRetryDelivery)),
        answer(noteDeliveryNews, anyone, to(answerNoteDeliveryNews)),
      ],
      consumers: [{ name: 'billing-sending', from: 'now', handlers: [onInvoiceIssued(context)] }],
      timers: [
        { name: 'finish-unfinished', everyMs: FINISH_EVERY_MS, run: () => finishUnfinished(context) },
        { name: 'deliver', everyMs: DELIVER_EVERY_MS, run: () => deliverDue(context) },
        { name: 'warn-of-low-packs', everyMs: WARN_EVERY_MS, run: () => warnOfLowPacks(context) },
        { name: 'remind', everyMs: REMIND_EVERY_MS, run: () => remindOfAllDue(context) },
      ],
      emits: [
        prestationLogged,
        prestationChanged,
        prestationRemoved,
        contractChanged,
        packSold,
        invoiceIssued,
        invoicePaid,
        deliveryChanged,
        invoiceReminded,
        billingSettingsChanged,
        prepaidLow,
        invoiceTakenOver,
      ],
      audited: [
        context.prestations,
        context.contracts,
        context.packLedgers,
        context.invoices,
        context.sellers,
        context.logos,
        context.series,
        context.settingsOfReminders,
      ],
    },
    parts,
  )
}
