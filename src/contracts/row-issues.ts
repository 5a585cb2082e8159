/**
 * Row issues: why a row was rejected. The stable codes and what a person reads about them, in English
 * and Polish. A text names the cell, the field, the value and what to correct; it decides nothing.
 */
import type { ContactField } from './contact-fields.ts'

/** Values that fill a text: the cell as `B7`, the field, the (capped) text of the cell. */
export interface RowIssueData {
  readonly address: string
  readonly field: Pick<ContactField, 'labels' | 'lengthMax'>
  readonly value: string
}

interface RowIssueTexts {
  readonly en: string
  readonly pl: string
}

const texts = {
  'phone-invalid': {
    en: '{address}: "{value}" is not a phone number that can be called ({label}). Write the whole number, one from abroad with + and its country code.',
    pl: '{address}: „{value}” nie jest numerem telefonu, na który można zadzwonić ({label}). Wpisz pełny numer, zagraniczny z + i kodem kraju.',
  },
  'phone-extension': {
    en: '{address}: "{value}" holds an extension or a second number ({label}). Keep one number in the cell.',
    pl: '{address}: „{value}” zawiera numer wewnętrzny lub drugi numer ({label}). Zostaw w komórce jeden numer.',
  },
  'email-invalid': {
    en: '{address}: "{value}" is not an e-mail address ({label}). Write one address such as anna@example.com.',
    pl: '{address}: „{value}” nie jest adresem e-mail ({label}). Wpisz jeden adres, na przykład anna@example.com.',
  },
  'date-invalid': {
    en: '{address}: "{value}" is not a date ({label}). Write it as 31.12.1990 or 1990-12-31, or format the cell as a date.',
    pl: '{address}: „{value}” nie jest datą ({label}). Wpisz ją jako 31.12.1990 lub 1990-12-31 albo sformatuj komórkę jako datę.',
  },
  'date-with-time': {
    en: '{address}: "{value}" is a date with a time of day ({label}). Leave the date alone.',
    pl: '{address}: „{value}” to data z godziną ({label}). Zostaw samą datę.',
  },
  'gender-invalid': {
    en: '{address}: "{value}" is not a gender that is known ({label}). Write female, male, other or unknown, or F or M.',
    pl: '{address}: „{value}” nie jest rozpoznaną płcią ({label}). Wpisz kobieta, mężczyzna, inna lub nieznana albo K lub M.',
  },
  'text-too-long': {
    en: '{address}: the text is longer than {lengthMax} characters ({label}). It begins with "{value}".',
    pl: '{address}: tekst ma więcej niż {lengthMax} znaków ({label}). Zaczyna się od „{value}”.',
  },
  'text-invalid': {
    en: '{address}: "{value}" holds control characters that can not be stored ({label}). Type the text anew.',
    pl: '{address}: „{value}” zawiera znaki sterujące, których nie można zapisać ({label}). Wpisz tekst od nowa.',
  },
  'cell-error': {
    en: '{address}: the cell holds the error {value} ({label}). Correct its formula or type the value.',
    pl: '{address}: komórka zawiera błąd {value} ({label}). Popraw formułę albo wpisz wartość.',
  },
} as const satisfies Record<string, RowIssueTexts>

export type RowIssueCode = keyof typeof texts

export const rowIssueCodes = Object.freeze(Object.keys(texts)) as readonly RowIssueCode[]

/** The text of one issue; values are put in as they are, never read as templates themselves. */
export function rowIssueText(code: RowIssueCode, locale: 'en' | 'pl', data: RowIssueData): string {
  return texts[code][locale].replace(/\{(\w+)\}/g, (whole, name: string) => {
    if (name === 'address') return data.address
    if (name === 'value') return data.value
    if (name === 'label') return data.field.labels[locale]
    return name === 'lengthMax' ? String(data.field.lengthMax) : whole
  })
}
