import t from 'tap'
import { findColumns } from '../../src/mapping/find-columns.ts'

t.test('names are found wherever their columns stand', async t => {
  t.strictSame(findColumns(['Telefon', 'Imię'], [null, 'Imię', 'Miasto', 'Telefon']), [4, 2])
  t.strictSame(findColumns(['Telefon'], ['  Telefon ']), [1])
  t.strictSame(
    findColumns(['imie', 'NR TEL.2', 'klient #'], ['Imię', 'Nr tel2', 'Klient №']),
    [1, 2, 3],
  )
})

t.test('the exact name goes before one that only resembles it', async t => {
  t.strictSame(findColumns(['Rabat'], ['Rabat %', 'Rabat']), [2])
  t.strictSame(findColumns(['rabat', 'Rabat'], ['Rabat %', 'Rabat']), [1, 2])
})

t.test('columns of one name are taken from the left, each once', async t => {
  const headers = ['Telefon', 'Imię', 'Telefon', 'telefon']
  t.strictSame(findColumns(['Telefon'], headers), [1])
  t.strictSame(findColumns(['Telefon', 'Telefon', 'Telefon'], headers), [1, 3, 4])
  t.strictSame(findColumns(Array(5).fill('Telefon'), headers).slice(3), [undefined, undefined])
})

t.test('names without letters are told apart as they are written', async t => {
  t.strictSame(findColumns(['?', '***', ' ', '+'], ['***', '?', ' ', null, '']), [
    2,
    1,
    undefined,
    undefined,
  ])
})

t.test('long names and many columns are found in time', async t => {
  const headers = Array.from({ length: 16_384 }, (_, at) => `${'x'.repeat(600)}${at}`)
  t.strictSame(findColumns([headers[9_999]!], headers), [10_000])
  t.strictSame(findColumns(['x'], headers), [undefined])
  const same = Array(16_384).fill('Telefon')
  t.equal(findColumns(Array(500).fill('telefon'), same).at(-1), 500)
})
