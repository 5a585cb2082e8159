import t from 'tap'
import { normaliseYesNo } from '../../../src/mapping/normalise/yes-no.ts'
import { numberCell, stringCell } from './cells.ts'

const read = (text: string) => normaliseYesNo(stringCell(text))

t.test('yes and no in many languages', async t => {
  for (const word of ['tak', 'TAK', 'T', 'yes', 'Ja', 'Так', 'true', '1'])
    t.equal(read(word), 'true', word)
  for (const word of ['nie', 'N', 'No', 'нет', 'FALSE', '0']) t.equal(read(word), 'false', word)
  t.equal(normaliseYesNo({ column: 1, type: 'boolean', value: false }), 'false')
  t.equal(normaliseYesNo(numberCell(1)), 'true')
})

t.test('a blank cell says neither, and nothing is guessed', async t => {
  t.equal(read('  '), null)
  for (const text of ['może', 'tak, ale nie rano', '2', 'x', 'tak'.repeat(20)]) {
    t.match(read(text), { outcome: 'refused', code: 'yes-no-invalid' }, text)
  }
  t.match(normaliseYesNo(numberCell(2)), { outcome: 'refused' })
})
