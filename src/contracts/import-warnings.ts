/**
 * What the owner of an import is told of its workbook before anything is imported: the codes of warnings, their
 * texts in English and Polish, and the counts that they are made of. A warning refuses nothing.
 */
import { type Static, Type } from 'typebox'
import type { Locale } from '../errors.ts'
import { importWarningsMax } from '../limits.ts'

/** What the inspection found in a sheet, beside its extent. Counts of nothing are left out. */
export interface SheetFacts {
  readonly name: string
  /** Why the sheet cannot be read. */
  readonly unreadable?: string
  readonly uncalculatedCells?: number
  readonly hiddenRows?: number
  readonly mergedCells?: number
  readonly header?: { readonly reason: string }
  /** The workbook names an import whose rows it corrects, and that cannot be corrected: told of the first sheet. */
  readonly correctsUnknown?: boolean
}

interface WarningTexts {
  readonly en: string
  readonly pl: string
}

const texts = {
  'sheet-unreadable': {
    en: 'The sheet "{sheet}" cannot be read; the others can be imported. {reason}',
    pl: 'Nie można odczytać arkusza „{sheet}”; pozostałe można zaimportować. {reason}',
  },
  'correction-original-unknown': {
    en: 'The sheet "{sheet}" says that it corrects rows of an import that is gone or unknown. Started, it becomes a group of its own.',
    pl: 'Arkusz „{sheet}” poprawia wiersze importu, który usunięto lub którego nie ma. Po uruchomieniu stanie się osobną grupą.',
  },
  'formula-not-calculated': {
    en: 'Formulas in the sheet "{sheet}" whose results are not stored in the file: {count}. Open the file in Excel, save it and upload it again; else these cells are refused where they are mapped.',
    pl: 'Formuły w arkuszu „{sheet}”, których wyników nie zapisano w pliku: {count}. Otwórz plik w Excelu, zapisz go i prześlij ponownie; inaczej te komórki zostaną odrzucone, jeśli są zmapowane.',
  },
  'first-row-person': {
    en: 'The first row of the sheet "{sheet}" looks like a person: it holds no column names. Map it with headerRow false, or this person is lost.',
    pl: 'Pierwszy wiersz arkusza „{sheet}” wygląda na osobę i nie zawiera nazw kolumn. Zmapuj go z headerRow false, inaczej ta osoba przepadnie.',
  },
  'rows-hidden': {
    en: 'Hidden rows in the sheet "{sheet}": {count}. They are imported unless the mapping leaves them out.',
    pl: 'Ukryte wiersze w arkuszu „{sheet}”: {count}. Zostaną zaimportowane, chyba że mapowanie je pomija.',
  },
  'cells-merged': {
    en: 'Merged ranges in the sheet "{sheet}": {count}. Only the first cell of a range holds its value; the others count as empty.',
    pl: 'Scalone zakresy w arkuszu „{sheet}”: {count}. Wartość ma tylko pierwsza komórka zakresu; pozostałe uznaje się za puste.',
  },
} as const satisfies Record<string, WarningTexts>

export type ImportWarningCode = keyof typeof texts

export const importWarningCodes = Object.freeze(Object.keys(texts)) as readonly ImportWarningCode[]

export const ImportWarning = Type.Object(
  {
    code: Type.Unsafe<ImportWarningCode>({ type: 'string', enum: [...importWarningCodes] }),
    sheet: Type.String(),
    count: Type.Optional(
      Type.Integer({ minimum: 1, description: 'cells, rows or ranges, exactly' }),
    ),
    message: Type.String({ description: 'in the language of Accept-Language' }),
  },
  { $id: 'ImportWarning', additionalProperties: false },
)

export type ImportWarning = Static<typeof ImportWarning>

/** The warnings of a workbook, in the order of its sheets; as many as an answer may hold. */
export function importWarnings(sheets: readonly SheetFacts[], locale: Locale): ImportWarning[] {
  const warnings: ImportWarning[] = []
  for (const sheet of sheets) {
    if (warnings.length >= importWarningsMax) break
    warnings.push(...sheetWarnings(sheet, locale))
  }
  return warnings.slice(0, importWarningsMax)
}

function sheetWarnings(sheet: SheetFacts, locale: Locale): ImportWarning[] {
  const { name, unreadable, uncalculatedCells, hiddenRows, mergedCells, header } = sheet
  const counts: [ImportWarningCode, number | undefined][] = [
    ['formula-not-calculated', uncalculatedCells],
    ['rows-hidden', hiddenRows],
    ['cells-merged', mergedCells],
  ]
  const warnings: ImportWarning[] = counts.flatMap(([code, count]) =>
    count ? { code, sheet: name, count, message: warningText(code, locale, { name, count }) } : [],
  )
  if (header?.reason === 'first-row-person') {
    const message = warningText('first-row-person', locale, { name })
    warnings.unshift({ code: 'first-row-person', sheet: name, message })
  }
  if (sheet.correctsUnknown) {
    const message = warningText('correction-original-unknown', locale, { name })
    warnings.unshift({ code: 'correction-original-unknown', sheet: name, message })
  }
  if (unreadable === undefined) return warnings
  const message = warningText('sheet-unreadable', locale, { name, reason: unreadable })
  return [{ code: 'sheet-unreadable', sheet: name, message }, ...warnings]
}

/** Values are put in as they are, never read as templates themselves. */
function warningText(
  code: ImportWarningCode,
  locale: Locale,
  data: { readonly name: string; readonly count?: number; readonly reason?: string },
): string {
  return texts[code][locale].replace(/\{(\w+)\}/g, (whole, key: string) => {
    if (key === 'sheet') return data.name
    if (key === 'count') return String(data.count)
    return key === 'reason' ? (data.reason ?? '') : whole
  })
}
