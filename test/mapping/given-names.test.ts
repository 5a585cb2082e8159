import t from 'tap'
import { isGivenName, isOnlyGivenName } from '../../src/mapping/given-names.ts'

t.test('given names, however they are written', async t => {
  for (const name of ['Anna', 'MAŁGORZATA', 'łukasz', 'Chloé', 'Олена']) {
    t.ok(isGivenName(name), name)
  }
  for (const word of ['Kowalski', 'Sp.', '', 'Warszawa']) t.notOk(isGivenName(word), word)
})

t.test('a name that is a last name as well is no proof', async t => {
  for (const name of ['Adam', 'Marek', 'Thomas']) {
    t.ok(isGivenName(name), name)
    t.notOk(isOnlyGivenName(name), name)
  }
  t.ok(isOnlyGivenName('Katarzyna'))
})
