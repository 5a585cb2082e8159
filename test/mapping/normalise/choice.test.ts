import t from 'tap'
import { prepareChoiceNormaliser } from '../../../src/mapping/normalise/choice.ts'
import { stringCell } from './cells.ts'

const unknown = { outcome: 'refused', code: 'choice-unknown' }
const normalise = prepareChoiceNormaliser([
  { value: 'A+', labels: { en: 'Best', pl: 'Najlepszy' } },
  { value: 'A-', labels: { en: 'Good', pl: 'Średni' } },
  { value: '★', labels: { en: 'Best', pl: '3' } },
])

t.test('a choice is named by its value or a name, in any case', async t => {
  for (const [text, value] of [
    ['A+', 'A+'],
    [' A- ', 'A-'],
    ['GOOD', 'A-'],
    ['sredni', 'A-'],
    ['★', '★'],
    ['', null],
  ] as const) {
    t.equal(normalise(stringCell(text)), value, text)
  }
  t.equal(normalise({ column: 1, type: 'number', value: 3, text: '3' }), '★')
})

t.test('what names none, or two, is refused', async t => {
  for (const text of ['a', 'best', 'Best', '!!', 'x'.repeat(401), 'constructor']) {
    t.match(normalise(stringCell(text)), unknown, text)
  }
})
