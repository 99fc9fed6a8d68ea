/** Files for a form: choose, drop or paste; choosing works without script. */
import type { Language } from '@guichet/contracts/values/language'
import { Icon } from './icon.tsx'
import { fileTexts } from '../texts/files.ts'

export function FileField(props: {
  language: Language
  id?: string
  /** One table instead of any number of files. */
  ofTable?: boolean
}) {
  const { language, id = 'files', ofTable = false } = props
  const t = fileTexts(language)
  return (
    <div
      class="files"
      data-controller="files"
      data-files-remove-value={t.remove}
      data-files-pasted-value={t.pasted}
      data-action="dragover->files#over dragleave->files#leave drop->files#drop"
    >
      <div class="drop">
        <input
          id={id}
          name="files"
          type="file"
          multiple={!ofTable}
          accept={ofTable ? '.csv,.txt,.tsv,text/csv,text/plain' : undefined}
          data-files-target="input"
          data-action="files#choose"
        />
        <label for={id}>
          <Icon name="clip" size={16} /> {ofTable ? t.table : t.attach}
        </label>
        <span class="drop-hint">{ofTable ? t.tableHint : t.dropHint}</span>
      </div>
      <ul data-files-target="list" />
    </div>
  )
}
