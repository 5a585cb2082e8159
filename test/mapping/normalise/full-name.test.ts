import t from 'tap'
import { normaliseFullName, splitFullName } from '../../../src/mapping/normalise/full-name.ts'

t.test('both orders are told apart by given names', async t => {
  const names: [name: string, parts: [string, string]][] = [
    ['Anna Nowak', ['Anna', 'Nowak']],
    ['Nowak Anna', ['Anna', 'Nowak']],
    ['NOWAK-ŻAK KATARZYNA MARIA', ['KATARZYNA MARIA', 'NOWAK-ŻAK']],
    ['Jan Kowalski', ['Jan', 'Kowalski']],
    ['Kowalska, Maria', ['Maria', 'Kowalska']],
    ['Олена Шевченко', ['Олена', 'Шевченко']],
    ["Grzegorz O'Neil", ['Grzegorz', "O'Neil"]],
  ]
  for (const [name, parts] of names) t.same(splitFullName(name), parts, name)
})

t.test('what could be either is left whole', async t => {
  const names = [
    ...['Adam Marek', 'Jan Adam', 'Marek Nowak', 'Martin Xaver', 'Kowalski Nowak', 'Anna'],
    ...['Anna Nowak Kowalska', 'dr Anna Nowak', 'Anna Transport Sp. z o.o.', 'Nowak Anna Kowalska'],
    ...['Anna Nowak 2', 'Nowak, Kowalska', 'Anna, Maria', '', 'Anna Maria'],
  ]
  for (const name of names) t.equal(splitFullName(name), null, name)
})

t.test('the name is kept as it is written, and what was cleaned of it is told', async t => {
  t.same(normaliseFullName('Nowak Anna', 300), {
    outcome: 'parted',
    told: 'noted',
    value: 'Nowak Anna',
    parts: ['Anna', 'Nowak'],
    code: 'name-split',
  })
  t.match(normaliseFullName('Anna  Nowak', 300), {
    told: 'repaired',
    value: 'Anna Nowak',
    code: 'blanks-joined',
  })
  t.equal(normaliseFullName('Kowalski Nowak', 300), 'Kowalski Nowak')
  t.equal(normaliseFullName(' ', 300), null)
})
