/** The portal's behaviour in the browser. Every page works without it; each controller adds one habit. */
import * as Turbo from '@hotwired/turbo'
import { Application } from '@hotwired/stimulus'
import { keepWhatIsTyped } from './morphing.ts'
import { InsertMenuController } from './insert-menu.ts'
import { ChooseAllController } from './choose-all.ts'
import { ComposerController } from './composer.ts'
import { CounterController } from './counter.ts'
import { DraftController } from './draft.ts'
import { FilesController } from './files.ts'
import { LiveController } from './live.ts'
import { MenuController } from './menu.ts'
import { PanelController } from './panel.ts'
import { PasswordRulesController } from './password-rules.ts'
import { PresenceController } from './presence.ts'
import { QueuePresenceController } from './queue-presence.ts'
import { RecoveryCodesController } from './recovery-codes.ts'
import { ShortcutsController } from './shortcuts.ts'
import { TabsController } from './tabs.ts'
import { TimeController } from './time.ts'
import { ToastController } from './toast.ts'

// Its progress bar writes a style element, which our policy forbids: the page's own `aria-busy` shows that it waits.
Turbo.config.drive.progressBarDelay = 2 ** 31 - 1
keepWhatIsTyped()

const application = Application.start()
const controllers = {
  canned: InsertMenuController,
  mention: InsertMenuController,
  'queue-presence': QueuePresenceController,
  'choose-all': ChooseAllController,
  composer: ComposerController,
  counter: CounterController,
  draft: DraftController,
  files: FilesController,
  live: LiveController,
  menu: MenuController,
  panel: PanelController,
  'password-rules': PasswordRulesController,
  presence: PresenceController,
  'recovery-codes': RecoveryCodesController,
  shortcuts: ShortcutsController,
  tabs: TabsController,
  time: TimeController,
  toast: ToastController,
}
for (const [name, controller] of Object.entries(controllers)) application.register(name, controller)
