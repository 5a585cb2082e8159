import t from 'tap'
import { cellText, type SheetCell } from '../../src/mapping/cell.ts'
import { booleanCell, dateCell, errorCell, numberCell, stringCell } from './normalise/cells.ts'

t.test('the text of a cell', async t => {
  t.equal(cellText(stringCell(' as it is ')), ' as it is ')
  t.equal(cellText(numberCell(950)), '950')
  t.equal(cellText(numberCell(0.1)), '0.1')
  t.equal(cellText({ ...numberCell(950), shown: '00-950' } as SheetCell), '00-950')
  t.equal(cellText(booleanCell(true)), 'TRUE')
  t.equal(cellText(booleanCell(false)), 'FALSE')
  t.equal(cellText(errorCell('#N/A')), '#N/A')
})

t.test('the text of a date cell is what it shows', async t => {
  t.equal(cellText(dateCell('2024-05-01T00:00:00')), '2024-05-01')
  t.equal(cellText(dateCell('2024-05-01T08:15:00')), '2024-05-01 08:15:00')
  t.equal(cellText(dateCell('2024-05-01T08:15:00.250')), '2024-05-01 08:15:00.250')
  t.equal(cellText(dateCell('2024-05-01T00:00:00', 'iso')), '2024-05-01')
  t.equal(cellText(dateCell('1899-12-31T08:15:00', 'iso')), '08:15:00')
  t.equal(cellText(dateCell('1899-12-31T00:00:00', 'time', 0)), '00:00:00')
  t.equal(cellText(dateCell('1900-03-01T00:00:00', '1900-02-29', 60)), '1900-02-29')
  t.equal(cellText(dateCell('1900-03-01T12:00:00', '1900-02-29', 60.5)), '1900-02-29 12:00:00')
})

t.test('durations run past a day', async t => {
  const durations: [days: number, text: string][] = [
    [0, '0:00:00'],
    [0.5, '12:00:00'],
    [1.5, '36:00:00'],
    [100 + 1 / 86_400, '2400:00:01'],
    [0.25 / 86_400, '0:00:00.250'],
    [-0.5, '-12:00:00'],
  ]
  for (const [days, text] of durations) {
    t.equal(cellText(dateCell('1900-01-01T00:00:00', 'elapsed', days)), text)
  }
})
