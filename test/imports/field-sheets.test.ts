/**
 * Workbooks as the field has them, each with the values, refusals and findings that must come of it, from a
 * folder beside the repository (`../shared/cases/sheets`). Names of columns are other tests' matter.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { readSheet, type SheetReading, type SheetToRead } from '../support/read-sheet.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'

const folder = join(import.meta.dirname, '../../../shared/cases/sheets')

interface Expected extends Omit<SheetToRead, 'path' | 'scratchDir'> {
  /** Values by row and field; null for a row that is no contact. All rows are named. */
  readonly rows: Readonly<Record<number, Values | null>>
  /** Each as `B3 code outcome`, `row 3 code outcome` for a row as a whole; in this order. */
  readonly findings?: readonly string[]
}

/** Columns of a list whose first two are a name and a number to call. */
const person = { 1: 'lastName', 2: 'phone' }
const unreachable = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => `row ${from + at} contact-unreachable noted`)

const workbooks: Readonly<Record<string, Expected>> = {
  'phone-format-calling-code': {
    columns: { 2: 'phone' },
    rows: {
      2: { phone: '+420601123456' },
      3: { phone: '+420602123456' },
      4: { phone: '+420603123456' },
      5: { phone: '+420604123456' },
      6: { phone: '+4915123456789' },
      7: { phone: '+420605123456' },
      8: { phone: '+420606123456' },
    },
  },
  'code-format-leading-zeros': {
    columns: { 2: 'externalId' },
    rows: {
      2: { externalId: '02134' },
      3: { externalId: '02135' },
      4: { externalId: '02136' },
      5: { externalId: '02137' },
      6: { externalId: '01310' },
      7: { externalId: '012' },
      8: { externalId: '00-950' },
      9: { externalId: 'K00012' },
    },
    findings: unreachable(2, 9),
  },
  'formula-without-result': {
    columns: { ...person, 3: 'email' },
    rows: {
      2: { lastName: 'Bez v', email: 'a@example.com' },
      3: { lastName: 'Puste v (openpyxl)', email: 'b@example.com' },
      4: { lastName: 'Wynik pusty (Excel)', email: 'c@example.com' },
      5: { lastName: 'Z wynikiem', phone: '+48501234569', email: 'd@example.com' },
      6: null,
    },
    findings: [
      'B2 formula-not-calculated blanked',
      'B3 formula-not-calculated blanked',
      'B6 formula-not-calculated rejected',
      'A6 formula-not-calculated rejected',
      'C6 formula-not-calculated rejected',
    ],
  },
  'formula-result-zero-recalc-on-load': {
    columns: person,
    rows: { 2: { phone: '+48501234567' } },
    findings: ['A2 formula-not-calculated blanked'],
  },
  'long-numbers': {
    columns: { 2: 'externalId' },
    rows: {
      2: { externalId: '110101199003071234' },
      3: { externalId: '110101199003071235' },
      4: { externalId: '9007199254740993' },
      5: { externalId: '12345678901234567890123456' },
      6: null,
    },
    findings: [
      ...[2, 3, 4, 5].map(row => `B${row} digits-beyond-excel noted`),
      'B6 digits-lost rejected',
      ...unreachable(2, 5),
    ],
  },
  'format-words': {
    columns: { 1: 'lastName', 2: 'postalCode', 3: 'externalId' },
    region: 'US',
    rows: {
      2: { lastName: 'BOOLEAN', postalCode: '12345', externalId: '7' },
      3: { lastName: 'Standard', postalCode: '12345', externalId: '7' },
      4: { lastName: 'Currency', postalCode: '12345', externalId: '7' },
      5: { lastName: 'Number', postalCode: '12345', externalId: '7' },
      6: { lastName: 'Text', postalCode: '12345', externalId: '7' },
    },
    findings: unreachable(2, 6),
  },
  'date-builtin-27-58': {
    columns: { 2: 'birthDate', 3: 'notes' },
    rows: Object.fromEntries(
      Array.from({ length: 14 }, (_, at) => [
        at + 2,
        { birthDate: '1990-05-07', notes: '1990-05-07' },
      ]),
    ),
    findings: unreachable(2, 15),
  },
  'numbers-as-shown': {
    columns: { 2: 'notes' },
    rows: {
      2: { notes: '25%' },
      3: { notes: '1 234,50 zł' },
      4: { notes: 'Tak' },
      5: { notes: '1/2' },
      6: { notes: '0.3' },
    },
    findings: unreachable(2, 6),
  },
  'one-bad-cell-unmapped': {
    columns: person,
    rows: {
      2: { lastName: 'Iks', phone: '+48501234567' },
      3: { lastName: 'Igrek', phone: '+48501234568' },
    },
  },
  'other-sheet-unreadable': {
    columns: person,
    rows: { 2: { lastName: 'Iks', phone: '+48501234567' } },
  },
  'styles-without-namespace': {
    columns: { 1: 'lastName', 2: 'notes' },
    rows: { 2: { lastName: 'Iks', notes: '1990-05-07' } },
    findings: unreachable(2, 2),
  },
  'one-bad-cell': {
    columns: { ...person, 3: 'phone2', 4: 'email', 5: 'birthDate', 6: 'gender' },
    rows: {
      2: {
        lastName: 'Kowalski',
        phone: '+48501234567',
        email: 'jan@firma.pl',
        birthDate: '1990-12-31',
        gender: 'male',
      },
      3: { lastName: 'Nowak', phone: '+48602234567' },
      4: { lastName: 'Zając', phone: '+48603234567', email: 'ewa@firma.pl', gender: 'female' },
      5: { lastName: 'Lis', phone: '+48604234567' },
    },
    findings: [
      'C2 empty-word repaired',
      'D3 empty-word repaired',
      'E4 date-invalid blanked',
      'F5 empty-word repaired',
    ],
  },
  'apostrophe-in-front': {
    columns: { ...person, 3: 'email', 4: 'postalCode', 5: 'nationalId' },
    rows: {
      2: {
        lastName: 'Iks',
        phone: '+48501234567',
        email: 'anna@example.com',
        postalCode: '00-950',
        nationalId: '02270812345',
      },
    },
    findings: [
      'B2 signs-dropped repaired',
      'C2 signs-dropped repaired',
      'D2 signs-dropped repaired',
      'E2 check-digit-wrong noted',
    ],
  },
  'country-and-phone': {
    columns: { 3: 'phone', 4: 'country' },
    rows: {
      2: { phone: '+420601234567', country: 'Czechy' },
      3: { phone: '+34612345678', country: 'Hiszpania' },
      4: { phone: '+420777123456', country: 'CZ' },
      5: { phone: '+351912345678', country: 'PT' },
      6: { phone: '+380501234567', country: 'Ukraina' },
      7: { phone: '+48601234567', country: 'Polska' },
    },
  },
  'date-month-first-column': {
    columns: { 2: 'birthDate' },
    rows: {
      2: { birthDate: '1990-03-04' },
      3: { birthDate: '1990-12-31' },
      4: { birthDate: '1985-05-06' },
      5: { birthDate: '1971-11-23' },
    },
    findings: unreachable(2, 5),
  },
  'dates-month-first': {
    columns: { 2: 'birthDate' },
    rows: {
      2: { birthDate: '1990-12-31' },
      3: { birthDate: '1990-03-04' },
      4: { birthDate: '1979-07-25' },
    },
    findings: unreachable(2, 4),
  },
  'footer-rows': {
    columns: { ...person, 3: 'notes' },
    rows: { 2: { lastName: 'Iks', phone: '+48501234567', notes: 'x' }, 3: null, 5: null },
    findings: ['C2 empty-word-doubtful noted', 'row 3 row-footer noted', 'row 5 row-footer noted'],
  },
  totals: {
    columns: { 1: 'firstName', 2: 'lastName', 3: 'phone' },
    rows: {
      2: { firstName: 'Jan', lastName: 'Kowalski', phone: '+48501234567' },
      3: { firstName: 'Anna', lastName: 'Nowak', phone: '+48602234567' },
      4: null,
      5: null,
    },
    findings: ['row 4 row-footer noted', 'row 5 row-footer noted'],
  },
  unreachable: {
    columns: { 2: 'lastName', 4: 'gender' },
    rows: {
      2: { lastName: 'Jan Kowalski', gender: 'male' },
      3: { lastName: 'Anna Nowak', gender: 'female' },
    },
    findings: unreachable(2, 3),
  },
  'same-number': {
    columns: { ...person, 3: 'phone2', 4: 'phone3' },
    rows: {
      2: { lastName: 'Kowalski', phone: '+48501234567' },
      3: { lastName: 'Nowak', phone2: '+48602234567' },
    },
    findings: ['C2 value-repeated repaired', 'D2 value-repeated repaired'],
  },
  'hidden-rows': {
    columns: person,
    rows: {
      2: { lastName: 'Ukryty', phone: '+48501234567' },
      3: { lastName: 'Widoczny', phone: '+48501234568' },
    },
    findings: ['row 2 row-hidden noted'],
  },
  'merged-data': {
    columns: { 1: 'companyName', 2: 'lastName', 3: 'phone' },
    rows: {
      2: { companyName: 'Firma Próbna', lastName: 'Jeden', phone: '+48501234567' },
      3: { lastName: 'Dwa', phone: '+48501234568' },
    },
    findings: ['A2 cell-merged noted'],
  },
  'active-tab': {
    columns: person,
    rows: { 2: { lastName: 'Iks', phone: '+48501234567' } },
  },
  'control-characters': {
    columns: { ...person, 3: 'notes' },
    rows: {
      2: { lastName: 'VT', phone: '+48501234567', notes: 'linia 1\nlinia 2' },
      3: { lastName: 'FF', phone: '+48501234568', notes: 'strona' },
      4: { lastName: 'NUL', phone: '+48501234569', notes: 'tekst' },
    },
    findings: [2, 3, 4].map(row => `C${row} control-characters repaired`),
  },
  'address-parts': {
    columns: { 1: 'lastName', 2: 'phone', 3: 'street', 6: 'postalCode', 8: 'city' },
    rows: {
      2: {
        lastName: 'Kowalski',
        phone: '+48501234567',
        street: 'Długa',
        postalCode: '00-950',
        city: 'Warszawa',
      },
    },
  },
  'title-rows': {
    columns: { 1: 'firstName', 2: 'lastName', 3: 'phone' },
    firstRow: 4,
    rows: {
      4: { firstName: 'Jan', lastName: 'Kowalski', phone: '+48501234567' },
      5: { firstName: 'Anna', lastName: 'Nowak', phone: '+48602234567' },
    },
  },
  'columns-swapped': {
    columns: { 1: 'firstName', 2: 'email', 3: 'phone' },
    region: 'BR',
    rows: { 2: null },
    findings: ['B2 email-invalid rejected', 'C2 phone-invalid rejected'],
  },
}

for (const [workbook, expected] of Object.entries(workbooks)) {
  const path = join(folder, `${workbook}.xlsx`)
  const skip = existsSync(path) ? false : `there is no workbook at ${path}`
  t.test(workbook, { skip }, async t => {
    const { rows, findings = [], ...choices } = expected
    const reading = await readSheet({ ...choices, path, scratchDir: makeScratchFolder(t) })
    t.strictSame(contactsOf(reading), withoutNull(rows))
    t.strictSame(findingsOf(reading), findings)
  })
}

type Values = Readonly<Record<string, string | null>>

function contactsOf({ contacts }: SheetReading): Record<number, Values> {
  return Object.fromEntries([...contacts].map(([row, values]) => [row, withoutNull(values)]))
}

function withoutNull<T>(values: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))
}

function findingsOf({ findings }: SheetReading): string[] {
  return findings.flatMap(({ code, outcome, cells }) =>
    cells.map(({ cell, row }) => `${cell ?? `row ${row}`} ${code} ${outcome}`),
  )
}
