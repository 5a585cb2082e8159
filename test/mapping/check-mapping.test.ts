import t from 'tap'
import { contactFieldKeys, contactFields } from '../../src/contracts/contact-fields.ts'
import { checkMapping } from '../../src/mapping/check-mapping.ts'

const scope = { columnCount: 4, fields: contactFields }

t.test('a mapping without faults tells which fields are free', async t => {
  const { faults, unmappedFields } = checkMapping(
    [
      { column: 4, field: 'phone' },
      { column: 1, field: 'lastName' },
    ],
    scope,
  )
  t.same(faults, [])
  t.same(
    unmappedFields,
    contactFieldKeys.filter(key => key !== 'phone' && key !== 'lastName'),
  )
})

t.test('an empty mapping', async t => {
  const { faults, unmappedFields } = checkMapping([], scope)
  t.same(faults, [{ index: null, code: 'mapping-empty' }])
  t.same(unmappedFields, contactFieldKeys)
})

t.test('every fault is told, at its place', async t => {
  const { faults, unmappedFields } = checkMapping(
    [
      { column: 1, field: 'phone' },
      { column: 2, field: 'phone' },
      { column: 2, field: 'shoeSize' },
      { column: 0, field: 'email' },
      { column: 5, field: 'city' },
      { column: 1.5, field: 'notes' },
      { column: 1, field: '__proto__' },
    ],
    scope,
  )
  t.same(faults, [
    { index: 1, code: 'mapping-field-twice', field: 'phone' },
    { index: 2, code: 'mapping-unknown-field', field: 'shoeSize' },
    { index: 2, code: 'mapping-column-twice', column: 2 },
    { index: 3, code: 'mapping-unknown-column', column: 0 },
    { index: 4, code: 'mapping-unknown-column', column: 5 },
    { index: 5, code: 'mapping-unknown-column', column: 1.5 },
    { index: 6, code: 'mapping-unknown-field', field: '__proto__' },
    { index: 6, code: 'mapping-column-twice', column: 1 },
  ])
  t.notOk(unmappedFields.includes('phone'))
})
