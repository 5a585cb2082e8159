/** What a sheet of faulty rows says to people, in English and Polish. */
import { fillText, type Locale } from '../../errors.ts'

interface SheetTexts {
  /** Name of the sheet with the list; 31 characters at most. */
  readonly list: string
  readonly explanation: string
  /** names of the columns in front of and behind those of the file */
  readonly row: string
  readonly reason: string
  /** behind the name of the import in the name of the file */
  readonly fileName: string
  readonly lines: Readonly<Record<LineName, string>>
}

type LineName =
  | 'title'
  | 'source'
  | 'counts'
  | 'correct'
  | 'leave'
  | 'unwanted'
  | 'upload'
  | 'notes'
  | 'columns'
  | 'rows'
  | 'running'

const texts: Readonly<Record<Locale, SheetTexts>> = {
  en: {
    list: 'To correct',
    explanation: 'What to do',
    row: 'Row',
    reason: 'Reason',
    fileName: 'to correct',
    lines: {
      title: 'How to correct these rows',
      source: 'They belong to the import "{name}": file "{file}", sheet "{sheet}".',
      counts:
        'The list holds {rejected} rows that were not imported, and {blanked} rows that were imported without a value.',
      correct:
        '1. Correct the coloured cells in the sheet "{list}". The column "{reason}" says what is wrong with each; so does the comment of the cell.',
      leave:
        '2. Leave the column "{row}", the names in the first row and the order of the columns as they are.',
      unwanted: '3. Delete the rows that you do not want to correct: nothing happens to them.',
      upload:
        '4. Save the file as .xlsx and upload it as you uploaded the list. It is recognised, and repairs the rows that the column "{row}" names. All other contacts stay as they are.',
      notes:
        'Only the first {notes} coloured cells have a comment. The column "{reason}" tells of all of them.',
      columns: 'A sheet has no room for the columns behind {column}: they are left out.',
      rows: 'A sheet has no room for more rows: {rows} of them are left out.',
      running:
        'The import was not over when this file was made: rows that came later are not in the list.',
    },
  },
  pl: {
    list: 'Do poprawy',
    explanation: 'Co zrobić',
    row: 'Wiersz',
    reason: 'Przyczyna',
    fileName: 'do poprawy',
    lines: {
      title: 'Jak poprawić te wiersze',
      source: 'Należą do importu „{name}”: plik „{file}”, arkusz „{sheet}”.',
      counts:
        'Wiersze, które nie zostały zaimportowane: {rejected}. Wiersze zaimportowane bez jakiejś wartości: {blanked}.',
      correct:
        '1. Popraw kolorowe komórki w arkuszu „{list}”. Kolumna „{reason}” mówi, co jest w nich nie tak; to samo mówi komentarz komórki.',
      leave: '2. Kolumnę „{row}”, nazwy w pierwszym wierszu i kolejność kolumn pozostaw bez zmian.',
      unwanted: '3. Usuń wiersze, których nie chcesz poprawiać: nic się z nimi nie stanie.',
      upload:
        '4. Zapisz plik jako .xlsx i prześlij go tak jak wcześniej listę. Zostanie rozpoznany i naprawi wiersze wskazane w kolumnie „{row}”. Pozostałe kontakty się nie zmienią.',
      notes:
        'Komentarz ma tylko pierwszych {notes} kolorowych komórek. Kolumna „{reason}” mówi o wszystkich.',
      columns: 'W arkuszu nie ma miejsca na kolumny za {column}: zostały pominięte.',
      rows: 'W arkuszu nie ma miejsca na więcej wierszy: pominięto {rows}.',
      running:
        'Import nie był zakończony, gdy powstał ten plik: późniejszych wierszy nie ma na liście.',
    },
  },
}

export function sheetTexts(locale: Locale): Omit<SheetTexts, 'lines'> {
  return texts[locale]
}

export interface Explained {
  /** names of the import, its file and its sheet */
  readonly name: string
  readonly file: string
  readonly sheet: string
  /** rows of the list by what became of them */
  readonly rejected: number
  readonly blanked: number
  /** whether rows may still come */
  readonly isRunning: boolean
}

/** What did not fit. */
export interface LeftOut {
  /** comments that the sheet has, where cells had to do without one */
  readonly notes: number | null
  /** letters of the last column, where others were left out */
  readonly column: string | null
  readonly rows: number
}

/** The lines of the second sheet; the first one is its title. */
export function explanationLines(locale: Locale, told: Explained, leftOut: LeftOut): string[] {
  const { lines, list, row, reason } = texts[locale]
  const { isRunning, ...values } = told
  const data = {
    ...values,
    list,
    row,
    reason,
    rows: leftOut.rows,
    notes: leftOut.notes ?? 0,
    column: leftOut.column ?? '',
  }
  const names: LineName[] = ['title', 'source', 'counts', 'correct', 'leave', 'unwanted', 'upload']
  if (leftOut.notes !== null) names.push('notes')
  if (leftOut.column !== null) names.push('columns')
  if (leftOut.rows > 0) names.push('rows')
  if (isRunning) names.push('running')
  return names.map(line => fillText(lines[line], data))
}
