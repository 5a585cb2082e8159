import t from 'tap'
import { prepareBirthDateNormaliser } from '../../../src/mapping/normalise/birth-date.ts'
import { prepareDateNormaliser } from '../../../src/mapping/normalise/date.ts'
import { dateCell, stringCell } from './cells.ts'
import { inShort } from './outcomes.ts'

t.test('a birth date lies between 120 years ago and the day of the import', async t => {
  const dates = prepareDateNormaliser({ region: 'PL' })
  const read = prepareBirthDateNormaliser(dates, '2026-11-27')
  const table: [text: string, outcome: string][] = [
    ['27.11.2026', '2026-11-27'],
    ['28.11.2026', 'refused birth-date-implausible'],
    ['27.11.1906', '1906-11-27'],
    ['26.11.1906', 'refused birth-date-implausible'],
    ['01.01.1800', 'refused birth-date-implausible'],
    ['01.05.2030', 'refused birth-date-implausible'],
    ['ur. 01.05.2030', 'refused birth-date-implausible'],
    ['ur. 01.05.1990', 'repaired 1990-05-01 date-words-dropped'],
    ['brak', 'refused date-invalid'],
    ['', 'none'],
  ]
  for (const [text, outcome] of table) t.equal(inShort(read(stringCell(text))), outcome, text)
  t.equal(inShort(read(dateCell('2062-05-01T00:00:00'))), 'refused birth-date-implausible')
  t.equal(
    inShort(read(dateCell('1900-01-01T00:00:00', 'date', 1))),
    'refused birth-date-implausible',
  )
})

t.test('the day before is another one on 29 February', async t => {
  const read = prepareBirthDateNormaliser(prepareDateNormaliser({ region: 'PL' }), '2024-02-29')
  t.equal(inShort(read(stringCell('29.02.1904'))), '1904-02-29')
  t.equal(inShort(read(stringCell('28.02.1904'))), 'refused birth-date-implausible')
})
