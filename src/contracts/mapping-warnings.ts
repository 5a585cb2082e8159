/**
 * What a caller is told of a mapping before the import starts: the codes of warnings and their texts in English and
 * Polish. A warning refuses nothing, but for `mapping-implausible`: with it the import does not start.
 */
import { type Static, Type } from 'typebox'
import { type ErrorData, fillText, type Locale } from '../errors.ts'

const texts = {
  'mapping-implausible': {
    en: 'Column {letter} is mapped to {label}, and nearly none of its values can be read as such ({percent}% can). The import does not start with this mapping unless it says force: true.',
    pl: 'Kolumnę {letter} zmapowano na pole {label}, a prawie żadnej z jej wartości nie da się tak odczytać (da się {percent}%). Import nie ruszy z tym mapowaniem, chyba że zawiera ono force: true.',
  },
  'values-refused': {
    en: 'Most values of column {letter} would be refused: {percent}% cannot be read as {label}.',
    pl: 'Większość wartości kolumny {letter} zostałaby odrzucona: {percent}% nie da się odczytać jako {label}.',
  },
  'contents-gainsay': {
    en: 'Column {letter} is mapped to {label}, but {percent}% of its values are something else.',
    pl: 'Kolumnę {letter} zmapowano na pole {label}, ale {percent}% jej wartości to coś innego.',
  },
  'region-unfit': {
    en: 'The phone numbers do not fit the region {region}: {percent}% can be read with it. They fit the region {other} better.',
    pl: 'Numery telefonów nie pasują do regionu {region}: da się z nim odczytać {percent}%. Lepiej pasują do regionu {other}.',
  },
  'no-contact-way': {
    en: 'No phone number and no e-mail address is mapped: nobody in this list could be reached.',
    pl: 'Nie zmapowano żadnego numeru telefonu ani adresu e-mail: nikogo z tej listy nie dałoby się osiągnąć.',
  },
  'first-row-person': {
    en: 'The first row looks like a person, and this mapping does not import it. If it is one, map with headerRow false.',
    pl: 'Pierwszy wiersz wygląda na osobę, a to mapowanie go nie importuje. Jeśli to osoba, ustaw headerRow na false.',
  },
  'name-taken': {
    en: 'Another import is called "{name}", too. Rename this one, so that people tell them apart.',
    pl: 'Inny import też nazywa się „{name}”. Zmień nazwę tego, aby dało się je odróżnić.',
  },
  'file-repeated': {
    en: 'The same file was uploaded before, as the import "{earlier}". Its contacts would stand there twice.',
    pl: 'Ten sam plik przesłano już wcześniej, jako import „{earlier}”. Jego kontakty byłyby podwójne.',
  },
} as const satisfies Record<string, Readonly<Record<Locale, string>>>

export type MappingWarningCode = keyof typeof texts

export const mappingWarningCodes = Object.freeze(
  Object.keys(texts),
) as readonly MappingWarningCode[]

export const MappingWarning = Type.Object(
  {
    code: Type.Unsafe<MappingWarningCode>({ type: 'string', enum: [...mappingWarningCodes] }),
    column: Type.Optional(Type.Integer({ minimum: 1, description: '1 = A' })),
    field: Type.Optional(Type.String({ description: 'key of the field of the column' })),
    share: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1,
        description:
          'of the values that were looked at: those that can be read (mapping-implausible, region-unfit), that ' +
          'cannot (values-refused), or that are something else (contents-gainsay)',
      }),
    ),
    message: Type.String({ description: 'in the language of Accept-Language' }),
  },
  { $id: 'MappingWarning', additionalProperties: false },
)

export type MappingWarning = Static<typeof MappingWarning>

interface WarningPlace {
  readonly column?: number
  readonly field?: string
  /** Between 0 and 1; told in hundredths. */
  readonly share?: number
}

/** A warning with its text, into which `data` and the share are filled. */
export function mappingWarning(
  code: MappingWarningCode,
  locale: Locale,
  { share, ...place }: WarningPlace = {},
  data: ErrorData = {},
): MappingWarning {
  const hundredths = share === undefined ? undefined : Math.round(share * 100)
  const filled = { ...data, ...(hundredths !== undefined && { percent: hundredths }) }
  return {
    code,
    ...place,
    ...(hundredths !== undefined && { share: hundredths / 100 }),
    message: fillText(texts[code][locale], filled),
  }
}
