import { Type, type Static } from 'typebox'

export const Language = Type.Union([Type.Literal('fr'), Type.Literal('nl'), Type.Literal('en')])
export type Language = Static<typeof Language>

/** A text in every language the product speaks. */
export const LocalizedText = Type.Object({ fr: Type.String(), nl: Type.String(), en: Type.String() })
export type LocalizedText = Static<typeof LocalizedText>
