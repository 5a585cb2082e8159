/**
 * Row issues: why a cell was refused, and its row perhaps with it. The stable codes and their texts for
 * people, in English and Polish. A text names the cell, the field, the value and what to correct; it
 * decides nothing.
 */
import type { ContactField } from './contact-fields.ts'

/** Values that fill a text: the cell as `B7`, the field, the (capped) text of the cell. */
export interface RowIssueData {
  readonly address: string
  readonly field: FieldInText
  readonly value: string
}

export type FieldInText = Pick<ContactField, 'labels' | 'lengthMax'>

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
  'phone-several': {
    en: '{address}: "{value}" holds several numbers ({label}). Keep one number in the cell, or leave Phone 2 and Phone 3 free for the others.',
    pl: '{address}: „{value}” zawiera kilka numerów ({label}). Zostaw w komórce jeden numer albo pozostaw wolne pola Telefon 2 i Telefon 3.',
  },
  'phone-trunk-zero': {
    en: '{address}: "{value}" begins with a 0 and may be a number of another country ({label}). Write it with + and its country code.',
    pl: '{address}: „{value}” zaczyna się od 0 i może być numerem z innego kraju ({label}). Wpisz go z + i kodem kraju.',
  },
  'email-several': {
    en: '{address}: "{value}" holds several addresses or people ({label}). Keep one address in the cell, or leave E-mail 2 and E-mail 3 free for the others.',
    pl: '{address}: „{value}” zawiera kilka adresów lub osób ({label}). Zostaw w komórce jeden adres albo pozostaw wolne pola E-mail 2 i E-mail 3.',
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
  'date-order-unknown': {
    en: '{address}: "{value}" may have the day or the month first ({label}). Format the column as dates, or say the order in the mapping.',
    pl: '{address}: „{value}” może zaczynać się od dnia lub od miesiąca ({label}). Sformatuj kolumnę jako daty albo podaj kolejność w mapowaniu.',
  },
  'birth-date-implausible': {
    en: '{address}: "{value}" is no date on which a living person was born ({label}). Correct the year.',
    pl: '{address}: „{value}” nie może być datą urodzenia żyjącej osoby ({label}). Popraw rok.',
  },
  'gender-invalid': {
    en: '{address}: "{value}" is not a gender that is known ({label}). Write female, male, other or unknown, or F or M.',
    pl: '{address}: „{value}” nie jest rozpoznaną płcią ({label}). Wpisz kobieta, mężczyzna, inna lub nieznana albo K lub M.',
  },
  'yes-no-invalid': {
    en: '{address}: "{value}" says neither yes nor no ({label}). Write yes or no.',
    pl: '{address}: „{value}” nie oznacza ani tak, ani nie ({label}). Wpisz tak lub nie.',
  },
  'number-invalid': {
    en: '{address}: "{value}" is not a number that can be read for certain ({label}). Write it in digits, such as 1234.5.',
    pl: '{address}: „{value}” nie jest liczbą, którą da się na pewno odczytać ({label}). Wpisz ją cyframi, na przykład 1234,5.',
  },
  'choice-unknown': {
    en: '{address}: "{value}" is none of the choices of the field ({label}). Write one of them, or add it to the field.',
    pl: '{address}: „{value}” nie należy do wartości pola ({label}). Wpisz jedną z nich albo dodaj ją do pola.',
  },
  'website-invalid': {
    en: '{address}: "{value}" is not the address of a website ({label}). Write it as https://example.com.',
    pl: '{address}: „{value}” nie jest adresem strony internetowej ({label}). Wpisz go jako https://example.com.',
  },
  'text-too-long': {
    en: '{address}: the text is longer than {lengthMax} characters ({label}). It begins with "{value}".',
    pl: '{address}: tekst ma więcej niż {lengthMax} znaków ({label}). Zaczyna się od „{value}”.',
  },
  'text-invalid': {
    en: '{address}: "{value}" holds control characters that can not be stored ({label}). Type the text anew.',
    pl: '{address}: „{value}” zawiera znaki sterujące, których nie można zapisać ({label}). Wpisz tekst od nowa.',
  },
  'digits-lost': {
    en: '{address}: "{value}" has lost digits ({label}). Format the column as text and type or paste the whole value anew.',
    pl: '{address}: „{value}” utraciło cyfry ({label}). Sformatuj kolumnę jako tekst i wpisz lub wklej całą wartość od nowa.',
  },
  'format-unknown': {
    en: '{address}: nobody can say what the cell shows for {value}, for its number format is unknown ({label}). Format the column as text and type or paste the value anew.',
    pl: '{address}: nie wiadomo, co komórka pokazuje dla {value}, bo jej format liczb jest nieznany ({label}). Sformatuj kolumnę jako tekst i wpisz lub wklej wartość od nowa.',
  },
  'code-is-date': {
    en: '{address}: "{value}" is a date, into which a program may have turned the number ({label}). Format the column as text and type the number anew.',
    pl: '{address}: „{value}” to data, na którą program mógł zamienić numer ({label}). Sformatuj kolumnę jako tekst i wpisz numer od nowa.',
  },
  'postal-code-invalid': {
    en: '{address}: "{value}" is not a postal code ({label}). Write it in digits, such as 00-950.',
    pl: '{address}: „{value}” nie jest kodem pocztowym ({label}). Wpisz go cyframi, na przykład 00-950.',
  },
  'formula-not-calculated': {
    en: '{address}: the result of the formula is not stored in the file ({label}). Open the file in Excel, save it and upload it again.',
    pl: '{address}: wynik formuły nie jest zapisany w pliku ({label}). Otwórz plik w Excelu, zapisz go i prześlij ponownie.',
  },
  'rich-value-unknown': {
    en: '{address}: the cell shows a picture, or a linked data type whose text the file does not store ({label}). Turn it into text in Excel, or type the value.',
    pl: '{address}: komórka pokazuje obraz lub połączony typ danych, którego tekstu nie ma w pliku ({label}). Zamień go w Excelu na tekst albo wpisz wartość.',
  },
  'value-missing': {
    en: '{address}: the value is missing ({label}). The mapping requires one in every row.',
    pl: '{address}: brakuje wartości ({label}). Mapowanie wymaga jej w każdym wierszu.',
  },
  'cell-error': {
    en: '{address}: the cell holds the error {value} ({label}). Correct its formula or type the value.',
    pl: '{address}: komórka zawiera błąd {value} ({label}). Popraw formułę albo wpisz wartość.',
  },
} as const satisfies Record<string, RowIssueTexts>

export type RowIssueCode = keyof typeof texts

export const rowIssueCodes = Object.freeze(Object.keys(texts)) as readonly RowIssueCode[]

export function isRowIssueCode(code: string): code is RowIssueCode {
  return Object.hasOwn(texts, code)
}

/** The text of one issue; values are put in as they are, never read as templates themselves. */
export function rowIssueText(code: RowIssueCode, locale: 'en' | 'pl', data: RowIssueData): string {
  return texts[code][locale].replace(/\{(\w+)\}/g, (whole, name: string) => {
    if (name === 'address') return data.address
    if (name === 'value') return data.value
    if (name === 'label') return data.field.labels[locale]
    return name === 'lengthMax' ? String(data.field.lengthMax) : whole
  })
}
