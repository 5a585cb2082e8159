/** Why a suggestion maps a column to a field, or to none: the codes, and their texts in English and Polish. */
import type { Locale } from '../errors.ts'

const texts = {
  'header-exact': {
    en: "The column has the field's own name.",
    pl: 'Kolumna nazywa się tak jak pole.',
  },
  'header-synonym': {
    en: 'The name of the column is another name of the field.',
    pl: 'Nazwa kolumny to inna nazwa pola.',
  },
  'header-similar': {
    en: 'The name of the column contains a name of the field, or resembles one.',
    pl: 'Nazwa kolumny zawiera nazwę pola albo jest do niej podobna.',
  },
  contents: {
    en: 'The name of the column says nothing, but its values are those of the field.',
    pl: 'Nazwa kolumny nic nie mówi, ale jej wartości pasują do pola.',
  },
  'contents-gainsay': {
    en: 'The name of the column is that of a field, but its values are something else.',
    pl: 'Nazwa kolumny wskazuje na pole, ale jej wartości to coś innego.',
  },
  'used-before': {
    en: 'The mapping that was started last for the same names of columns has it so.',
    pl: 'Tak było w mapowaniu uruchomionym ostatnio dla tych samych nazw kolumn.',
  },
  none: {
    en: 'Neither the name of the column nor its values tell a field.',
    pl: 'Ani nazwa kolumny, ani jej wartości nie wskazują pola.',
  },
} as const satisfies Record<string, Readonly<Record<Locale, string>>>

export type SuggestionReason = keyof typeof texts

export const suggestionReasons = Object.freeze(Object.keys(texts)) as readonly SuggestionReason[]

export function suggestionReasonText(reason: SuggestionReason, locale: Locale): string {
  return texts[reason][locale]
}
