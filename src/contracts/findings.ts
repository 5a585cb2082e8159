/**
 * Findings: cells that were not taken just as they stand. Each mapped cell is clean, repaired, noted or
 * refused; all but clean cells are counted here by column, field, code and outcome, with the first of them
 * as examples. This file holds the codes of repaired and noted cells, their texts, and the shape of the list.
 */
import { type Static, Type } from 'typebox'
import { nullable, ref } from './schema.ts'

/**
 * `repaired`: something certain was dropped or added · `noted`: taken as it is, and doubtful · `blanked`:
 * refused, and its row came in without it · `rejected`: refused, and its row with it.
 */
export const findingOutcomes = Object.freeze(['repaired', 'noted', 'blanked', 'rejected'] as const)

export type FindingOutcome = (typeof findingOutcomes)[number]

interface FindingTexts {
  readonly en: string
  readonly pl: string
}

/** Of a field: `{label}` is its name. Of a row as a whole: no field is named. */
const texts = {
  'empty-word': {
    en: '{label}: a word or sign that stands for no value was left out.',
    pl: '{label}: pominięto słowo lub znak, który oznacza brak wartości.',
  },
  'empty-word-doubtful': {
    en: '{label}: the word may stand for no value. It was taken as it is.',
    pl: '{label}: słowo może oznaczać brak wartości. Wpisano je bez zmian.',
  },
  'signs-dropped': {
    en: '{label}: signs around the value were left out.',
    pl: '{label}: pominięto znaki wokół wartości.',
  },
  'value-repeated': {
    en: '{label}: the same value stands there more than once, or in another column of the row. It was taken once.',
    pl: '{label}: ta sama wartość występuje kilka razy lub jest też w innej kolumnie wiersza. Wpisano ją raz.',
  },
  'decimal-zero-dropped': {
    en: '{label}: the .0 that an export had added was left out.',
    pl: '{label}: pominięto końcówkę .0 dodaną przy eksporcie.',
  },
  'name-split': {
    en: '{label}: first and last name were filled from the full name.',
    pl: '{label}: z pełnego nazwiska uzupełniono imię i nazwisko.',
  },
  'digits-beyond-excel': {
    en: '{label}: the file stores more digits than Excel shows. They were taken as the file stores them.',
    pl: '{label}: plik przechowuje więcej cyfr, niż pokazuje Excel. Wpisano je tak, jak są w pliku.',
  },
  'phone-several': {
    en: '{label}: the cell holds several numbers. The others went to the next free phone fields.',
    pl: '{label}: komórka zawiera kilka numerów. Pozostałe trafiły do kolejnych wolnych pól telefonu.',
  },
  'phone-words-dropped': {
    en: '{label}: words beside the number were left out.',
    pl: '{label}: pominięto słowa obok numeru.',
  },
  'phone-calling-code': {
    en: '{label}: a country code that was doubled or mistyped was put right.',
    pl: '{label}: poprawiono powtórzony lub błędnie zapisany kod kraju.',
  },
  'phone-trunk-zero': {
    en: '{label}: the 0 in front of the number was left out.',
    pl: '{label}: pominięto 0 przed numerem.',
  },
  'phone-dummy': {
    en: '{label}: the number looks made up. It was taken as it is.',
    pl: '{label}: numer wygląda na zmyślony. Wpisano go bez zmian.',
  },
  'email-several': {
    en: '{label}: the cell holds several addresses. The others went to the next free e-mail fields.',
    pl: '{label}: komórka zawiera kilka adresów. Pozostałe trafiły do kolejnych wolnych pól e-mail.',
  },
  'email-words-dropped': {
    en: '{label}: a name or words beside the address were left out.',
    pl: '{label}: pominięto nazwę lub słowa obok adresu.',
  },
  'email-dummy': {
    en: '{label}: the address looks made up. It was taken as it is.',
    pl: '{label}: adres wygląda na zmyślony. Wpisano go bez zmian.',
  },
  'zeros-restored': {
    en: '{label}: zeros that the number had lost in front were put back.',
    pl: '{label}: uzupełniono zera utracone na początku numeru.',
  },
  'zeros-doubtful': {
    en: '{label}: the number may have lost a zero in front, and is valid without it, too. It was taken as it is.',
    pl: '{label}: numer mógł utracić zero na początku, ale jest poprawny także bez niego. Wpisano go bez zmian.',
  },
  'check-digit-wrong': {
    en: '{label}: the check digit of the number is wrong, so that a digit was mistyped. It was taken as it is.',
    pl: '{label}: cyfra kontrolna numeru jest błędna, więc w numerze jest pomyłka. Wpisano go bez zmian.',
  },
  'code-dummy': {
    en: '{label}: the number looks made up. It was taken as it is.',
    pl: '{label}: numer wygląda na zmyślony. Wpisano go bez zmian.',
  },
  'code-other-kind': {
    en: '{label}: the number is a valid one of another kind. It was taken as it is.',
    pl: '{label}: to poprawny numer innego rodzaju. Wpisano go bez zmian.',
  },
  'code-unusual': {
    en: '{label}: the text is no number that is known in this country. It was taken as it is.',
    pl: '{label}: tekst nie jest żadnym znanym numerem tego kraju. Wpisano go bez zmian.',
  },
  'code-words-dropped': {
    en: '{label}: words or letters beside the number were left out.',
    pl: '{label}: pominięto słowa lub litery obok numeru.',
  },
  'postal-code-foreign': {
    en: '{label}: the postal code is not written as in this country. It was taken as it is.',
    pl: '{label}: kod pocztowy ma inny zapis niż w tym kraju. Wpisano go bez zmian.',
  },
  'postal-code-short': {
    en: '{label}: the postal code has fewer digits than those of this country. It was taken as it is.',
    pl: '{label}: kod pocztowy ma mniej cyfr niż kody tego kraju. Wpisano go bez zmian.',
  },
  'date-words-dropped': {
    en: '{label}: words, signs or a time zone beside the date were left out.',
    pl: '{label}: pominięto słowa, znaki lub strefę czasową obok daty.',
  },
  'date-order-doubtful': {
    en: '{label}: day and month of the date cell may be swapped, as the text cells of the column have them in an order of their own. It was taken as it is.',
    pl: '{label}: dzień i miesiąc w komórce z datą mogą być zamienione, bo w komórkach tekstowych kolumny mają one własną kolejność. Wpisano ją bez zmian.',
  },
  'control-characters': {
    en: '{label}: control characters were left out, or became line breaks.',
    pl: '{label}: znaki sterujące pominięto albo zamieniono na podziały wierszy.',
  },
  'invisible-dropped': {
    en: '{label}: invisible characters were left out, which would keep a search from finding the text.',
    pl: '{label}: pominięto niewidoczne znaki, przez które wyszukiwanie nie znalazłoby tekstu.',
  },
  'blanks-joined': {
    en: '{label}: doubled or no-break blanks and line breaks within the text became single blanks.',
    pl: '{label}: podwójne lub twarde spacje i podziały wierszy w tekście zamieniono na pojedyncze spacje.',
  },
  'entities-decoded': {
    en: '{label}: codes of web pages such as &amp; became the characters that they stand for.',
    pl: '{label}: kody stron internetowych, na przykład &amp;, zamieniono na znaki, które oznaczają.',
  },
  'markup-dropped': {
    en: '{label}: tags of web pages such as <b> were left out.',
    pl: '{label}: pominięto znaczniki stron internetowych, na przykład <b>.',
  },
  'markup-kept': {
    en: '{label}: the text holds tags of web pages such as <b> that do not fit together or hide something. It was taken as it is.',
    pl: '{label}: tekst zawiera znaczniki stron internetowych, na przykład <b>, które nie pasują do siebie lub coś ukrywają. Wpisano go bez zmian.',
  },
  'gender-doubtful': {
    en: '{label}: the letter X may mean another gender, one that is not told, or a mere cross. It was taken as another gender.',
    pl: '{label}: litera X może oznaczać inną płeć, płeć niepodaną albo zwykły krzyżyk. Wpisano inną płeć.',
  },
  'encoding-broken': {
    en: '{label}: letters of the text are broken, as it was once read in a wrong encoding. It was taken as it is.',
    pl: '{label}: litery tekstu są uszkodzone, bo odczytano go kiedyś w złym kodowaniu. Wpisano go bez zmian.',
  },
  'cell-merged': {
    en: '{label}: the cell is merged with others, which count as empty.',
    pl: '{label}: komórka jest scalona z innymi, które uznano za puste.',
  },
  'contact-unreachable': {
    en: 'The contact has neither a phone number nor an e-mail address.',
    pl: 'Kontakt nie ma ani telefonu, ani adresu e-mail.',
  },
  'row-hidden': {
    en: 'The row is hidden in the sheet.',
    pl: 'Wiersz jest ukryty w arkuszu.',
  },
  'row-footer': {
    en: 'The row ends the sheet (a total, a filter, a note of its program). It is no contact and was left out.',
    pl: 'Wiersz kończy arkusz (suma, filtr, dopisek programu). Nie jest kontaktem, więc go pominięto.',
  },
  'row-like-total': {
    en: 'The row looks like a total. It was taken as a contact.',
    pl: 'Wiersz wygląda na podsumowanie. Wpisano go jako kontakt.',
  },
} as const satisfies Record<string, FindingTexts>

/** Codes of repaired and noted cells; those of refused cells are `RowIssueCode`s. */
export type FindingCode = keyof typeof texts

export const findingCodes = Object.freeze(Object.keys(texts)) as readonly FindingCode[]

/** The code whose cells are the first of each value: what is missing in the list of a field is a value, not a cell. */
export const codeByValue = 'choice-unknown'

export function isFindingCode(code: string): code is FindingCode {
  return Object.hasOwn(texts, code)
}

/** The text of a repaired or noted finding; `label` is the field's name, null for a whole row. */
export function findingText(code: FindingCode, locale: 'en' | 'pl', label: string | null): string {
  return texts[code][locale].replace('{label}', () => label ?? '')
}

export const FindingCell = Type.Object(
  {
    row: Type.Integer({ minimum: 1, description: 'row of the sheet' }),
    cell: nullable(Type.String({ description: 'null: the row as a whole', examples: ['B7'] })),
    value: Type.String({ description: 'text of the cell, perhaps cut' }),
    result: nullable(Type.String({ description: 'what was stored, perhaps cut; null: nothing' })),
  },
  { $id: 'FindingCell', additionalProperties: false },
)

/** Findings of one column, field, code and outcome. `column` and `field` are null for whole rows. */
export const Finding = Type.Object(
  {
    column: nullable(Type.Integer({ minimum: 1, description: '1 = A; null: rows as a whole' })),
    field: nullable(Type.String({ description: 'key of the contact field' })),
    code: Type.String({ examples: ['empty-word', 'phone-invalid'] }),
    outcome: Type.Unsafe<FindingOutcome>({ type: 'string', enum: [...findingOutcomes] }),
    count: Type.Integer({ minimum: 1, description: 'cells, exactly' }),
    cells: Type.Array(ref(FindingCell), { description: 'the first of them in sheet order' }),
  },
  { $id: 'Finding', additionalProperties: false },
)

/** A finding as a caller reads it. */
export const FindingItem = Type.Object(
  {
    ...Finding.properties,
    message: Type.String({ description: 'in the language of Accept-Language' }),
  },
  { $id: 'FindingItem', additionalProperties: false },
)

export const FindingList = Type.Object(
  { items: Type.Array(ref(FindingItem)) },
  { $id: 'FindingList', additionalProperties: false },
)

export type FindingItem = Static<typeof FindingItem>
export type FindingList = Static<typeof FindingList>
export type FindingCell = Static<typeof FindingCell>
export type Finding = Static<typeof Finding>
