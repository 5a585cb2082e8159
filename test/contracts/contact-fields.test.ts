import t from 'tap'
import {
  contactFieldKeys,
  contactFields,
  findContactField,
} from '../../src/contracts/contact-fields.ts'

t.test('one field for each key, frozen, its column the key in snake case', async t => {
  t.same(
    contactFields.map(({ key }) => key),
    contactFieldKeys,
  )
  t.ok(Object.isFrozen(contactFields) && contactFields.every(Object.isFrozen))
  for (const { key, column, lengthMax } of contactFields) {
    t.equal(
      column,
      key.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`),
    )
    t.ok(lengthMax > 0)
  }
})

t.test('labels tell the fields apart in each language', async t => {
  for (const locale of ['en', 'pl'] as const) {
    t.equal(new Set(contactFields.map(({ labels }) => labels[locale])).size, contactFields.length)
  }
})

t.test('fields are found by key', async t => {
  t.equal(findContactField('postalCode')?.column, 'postal_code')
  t.equal(findContactField('postal_code'), undefined)
  t.equal(findContactField('__proto__'), undefined)
})
