/** Clients brought over from another system: looked over line by line before anything is written. */
import { importClients } from '@guichet/contracts/client-import'
import { tableImportPages } from '../../parts/table-import.tsx'
import { importTexts } from '../../texts/client-import.ts'
import { filled } from '../../texts/texts.ts'

export const importPages = tableImportPages({
  path: '/companies/import',
  access: 'admin',
  ask: ({ ask, language }, blobId, commit) => ask(importClients, { blobId, commit, language }),
  title: ({ language }) => importTexts(language).title,
  lead: ({ language }) => importTexts(language).lead,
  summary: ({ language }, { newCompanies, newPeople, known, faulty }) =>
    filled(importTexts(language).summary, { companies: newCompanies, people: newPeople, known, faulty }),
  commit: ({ language }, { newPeople }) =>
    newPeople > 0 ? filled(importTexts(language).commit, { people: newPeople }) : undefined,
  columns: ({ language }) => {
    const t = importTexts(language)
    return [
      { heading: t.company, cell: ({ company }) => company },
      { heading: t.email, cell: ({ email }) => email },
    ]
  },
  done: ({ language }, { newPeople }) => ({
    redirect: '/companies',
    done: { text: filled(importTexts(language).done, { people: newPeople }) },
  }),
})
