import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { genders } from '../../../src/contracts/contact-fields.ts'
import { normaliseGender } from '../../../src/mapping/normalise/gender.ts'
import { holdsForAll } from '../holds-for-all.ts'

t.test('words of both languages', async t => {
  const table: [raw: string, gender: string | null][] = [
    ['K', 'female'],
    ['k', 'female'],
    ['F', 'female'],
    ['Kobieta', 'female'],
    ['ŻEŃSKA', 'female'],
    [' Pani\u00a0', 'female'],
    ['Mrs.', 'female'],
    ['M', 'male'],
    ['m.', 'male'],
    ['mężczyzna', 'male'],
    ['me\u0328z\u0307czyzna', 'male'],
    ['Male', 'male'],
    ['inna', 'other'],
    ['non-binary', 'other'],
    ['nieznana', 'unknown'],
    ['', null],
    ['  ', null],
  ]
  for (const [raw, gender] of table) t.equal(normaliseGender(raw), gender, JSON.stringify(raw))
})

t.test('other words are refused', async t => {
  for (const raw of [
    'km',
    'Jan',
    '1',
    '-',
    'm?',
    'x?',
    'k!',
    '(m)',
    'm'.repeat(100_000),
    'toString',
    '__proto__',
  ]) {
    t.same(normaliseGender(raw), { outcome: 'refused', code: 'gender-invalid' }, raw.slice(0, 20))
  }
})

t.test('canonical values stay, any text is judged', async t => {
  for (const gender of genders) t.equal(normaliseGender(gender), gender)
  holdsForAll(
    t,
    fc.property(fc.string({ unit: 'binary' }), raw => {
      const gender = normaliseGender(raw)
      if (typeof gender === 'string') assert.ok(genders.some(known => known === gender))
    }),
  )
})
