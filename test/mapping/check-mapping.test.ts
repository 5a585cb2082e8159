import t from 'tap'
import { checkMapping } from '../../src/mapping/check-mapping.ts'
import { catalogue, contactFieldKeys } from '../support/built-in-catalogue.ts'

const scope = { columnCount: 4, fields: catalogue.fields }

t.test('a mapping without faults tells which fields are free', async t => {
  const { faults, unmappedFields } = checkMapping(
    {
      columns: [
        { column: 4, field: 'phone' },
        { column: 1, field: 'lastName' },
      ],
    },
    scope,
  )
  t.same(faults, [])
  t.same(
    unmappedFields,
    contactFieldKeys.filter(key => key !== 'phone' && key !== 'lastName'),
  )
})

t.test('an empty mapping', async t => {
  const { faults, unmappedFields } = checkMapping({ columns: [] }, scope)
  t.same(faults, [{ pointer: '/columns', code: 'mapping-empty' }])
  t.same(unmappedFields, contactFieldKeys)
})

t.test('every fault is told, at its place', async t => {
  const { faults, unmappedFields } = checkMapping(
    {
      columns: [
        { column: 1, field: 'phone' },
        { column: 2, field: 'phone' },
        { column: 2, field: 'shoeSize' },
        { column: 0, field: 'email' },
        { column: 5, field: 'city' },
        { column: 1.5, field: 'notes' },
        { column: 1, field: '__proto__' },
      ],
    },
    scope,
  )
  t.same(faults, [
    { pointer: '/columns/1', code: 'mapping-field-twice', field: 'phone' },
    { pointer: '/columns/2', code: 'mapping-unknown-field', field: 'shoeSize' },
    { pointer: '/columns/2', code: 'mapping-column-twice', column: 2 },
    { pointer: '/columns/3', code: 'mapping-unknown-column', column: 0 },
    { pointer: '/columns/4', code: 'mapping-unknown-column', column: 5 },
    { pointer: '/columns/5', code: 'mapping-unknown-column', column: 1.5 },
    { pointer: '/columns/6', code: 'mapping-unknown-field', field: '__proto__' },
    { pointer: '/columns/6', code: 'mapping-column-twice', column: 1 },
  ])
  t.notOk(unmappedFields.includes('phone'))
})

t.test('a required field needs a column', async t => {
  const columns = [{ column: 1, field: 'phone' }]
  const { faults } = checkMapping({ columns, required: ['phone', 'city', 'shoeSize'] }, scope)
  t.same(faults, [
    { pointer: '/required/1', code: 'mapping-required-unmapped', field: 'city' },
    { pointer: '/required/2', code: 'mapping-unknown-field', field: 'shoeSize' },
  ])
})
