import { Type, type Static } from 'typebox'

export const notificationConfig = Type.Object({
  PUBLIC_URL: Type.String({ default: '', description: 'Links in mails begin with it' }),
  BRAND: Type.String({ default: 'Guichet', description: 'Name that signs the mails' }),
  SUPPORT_ADDRESS: Type.String({ default: 'sos@localhost', description: 'Where customers write to' }),
  TZ: Type.String({ default: 'Europe/Brussels', description: 'Whose calendar absences are noted by' }),
})
export type NotificationConfig = Static<typeof notificationConfig>
