import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { Contact } from '../../src/contracts/contact.ts'
import { createFieldCatalogue } from '../../src/mapping/field-catalogue.ts'
import { catalogue, contactFieldKeys } from '../support/built-in-catalogue.ts'

const { fields } = catalogue

t.test(
  'each built-in field is a property of a contact, frozen, its column the key in snake case',
  async t => {
    const others = ['id', 'importId', 'rowNumber', 'custom', 'createdAt']
    const properties = Object.keys(Contact.properties).filter(key => !others.includes(key))
    t.same(contactFieldKeys, properties)
    t.ok(Object.isFrozen(fields) && fields.every(Object.isFrozen))
    for (const { key, column, lengthMax } of fields) {
      t.equal(
        column,
        key.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`),
      )
      t.ok(lengthMax > 0)
    }
  },
)

t.test('labels tell the fields apart in each language', async t => {
  for (const locale of ['en', 'pl'] as const) {
    t.equal(new Set(fields.map(({ labels }) => labels[locale])).size, fields.length)
  }
})

t.test('fields are found by key', async t => {
  t.equal(catalogue.find('postalCode')?.column, 'postal_code')
  t.equal(catalogue.find('postal_code'), undefined)
  t.equal(catalogue.find('__proto__'), undefined)
})

t.test('a field says no more than its kind leaves open', async t => {
  const labels = { en: 'Shoe size', pl: 'Rozmiar buta' }
  const shoe = { key: 'shoeSize', column: 'shoe_size', labels }
  t.match(createFieldCatalogue([{ ...shoe, kind: 'code' }]).fields, [
    { sqlType: 'text', lengthMax: 50 },
  ])
  t.match(createFieldCatalogue([{ ...shoe, kind: 'code', lengthMax: 3 }]).fields, [
    { lengthMax: 3 },
  ])
  t.throws(() => createFieldCatalogue([{ ...shoe, kind: 'shoe-size' }]), RangeError)
  const twice = [1, 2].map(() => ({ ...shoe, kind: 'code' }))
  t.throws(() => createFieldCatalogue(twice), RangeError)
})

t.test(
  'the list of built-in fields is imported where the catalogue is made, and nowhere else',
  async t => {
    const src = join(import.meta.dirname, '../../src')
    const importing = readdirSync(src, { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts'))
      .filter(file => readFileSync(join(src, file), 'utf8').includes('/built-in-fields.ts'))
    t.same(importing.toSorted(), ['bin/suggest.ts', 'wire.ts'])
  },
)
