import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { genders } from '../../../src/contracts/contact-fields.ts'
import { prepareGenderNormaliser } from '../../../src/mapping/normalise/gender.ts'
import { holdsForAll } from '../holds-for-all.ts'
import { inShort } from './outcomes.ts'

function reader(region: string) {
  const read = prepareGenderNormaliser(region)
  return (text: string) => inShort(read(text))
}

const readPolish = reader('PL')
const refused = 'refused gender-invalid'

t.test('words of Polish lists', async t => {
  const table: Record<string, string[]> = {
    female: [
      ...['K', 'k', 'F', 'Ż', 'Kobieta', 'ŻEŃSKA', ' Pani\u00a0', 'Mrs.', 'kob.', 'żeń.', 'female'],
      ...['Frau', 'Mujer', 'weiblich', 'dziewczyna', 'nő'],
    ],
    male: [
      ...[
        'M',
        'm.',
        'mężczyzna',
        'me\u0328z\u0307czyzna',
        'mężcz.',
        'męż.',
        'Male',
        'Pan',
        'chłopak',
      ],
      ...['Herr', 'Hombre', 'männlich', 'muž'],
    ],
    other: ['inna', 'non-binary', 'divers'],
    'noted other gender-doubtful': ['X', 'x', 'x.', ' X '],
    unknown: ['nieznana', 'nie chcę podawać', 'prefer not to say', 'k. A.'],
    none: ['', '  '],
    'repaired female signs-dropped': ["'K"],
  }
  for (const [gender, texts] of Object.entries(table)) {
    for (const text of texts) t.equal(readPolish(text), gender, JSON.stringify(text))
  }
})

t.test('letters mean what they mean in the language of the region', async t => {
  const table: Record<string, string> = {
    DE: 'm=male w=female d=other f=female h=male',
    AT: 'M=male W=female D=other',
    CH: 'm=male w=female f=female h=male',
    ES: 'H=male V=male F=female',
    FR: 'H=male F=female M=male',
    IT: 'M=male F=female U=male D=female',
    NL: 'M=male V=female',
    BE: 'M=male V=female H=male F=female',
    CZ: 'M=male Ž=female Z=female',
    SK: 'M=male Ž=female',
    HU: 'N=female M=male',
    LT: 'V=male',
    LV: 'V=male S=female',
    EE: 'M=male N=female',
    FI: 'M=male N=female',
    SE: 'M=male K=female',
    DK: 'M=male K=female',
    NO: 'M=male K=female',
    RO: 'B=male F=female M=male',
    UA: 'Ч=male Ж=female М=male',
    BG: 'М=male Ж=female',
    HR: 'M=male Ž=female',
    TR: 'E=male K=female',
    GR: 'Α=male Γ=female',
    GB: 'M=male F=female',
    US: 'M=male F=female',
    PT: 'H=male F=female',
  }
  for (const [region, letters] of Object.entries(table)) {
    const read = reader(region)
    for (const pair of letters.split(' ')) {
      const [letter, gender] = pair.split('=')
      t.equal(read(letter!), gender, `${region}: ${letter}`)
    }
  }
})

t.test('a letter that means two things is refused, and one that means nothing', async t => {
  t.equal(reader('ES')('M'), refused, 'mujer or masculino')
  t.equal(reader('MX')('M'), refused, 'mujer or masculino')
  t.equal(reader('PT')('M'), refused, 'mulher or masculino')
  t.equal(reader('LT')('M'), refused, 'moteris or male')
  t.equal(reader('HU')('F'), refused, 'férfi or female')
  t.equal(reader('CH')('D'), refused, 'divers or donna')
  t.equal(reader('HU')('no'), refused, 'nő has an accent')
  for (const letter of ['W', 'N', 'V', 'D', 'H', 'U', 'S', '1', '2']) {
    t.equal(readPolish(letter), refused, letter)
  }
})

t.test('other words are refused', async t => {
  for (const raw of [
    ...['km', 'Jan', '-', 'm?', 'x?', 'k!', '(m)', 'k/m', 'Pan/Pani', 'dziecko', 'ma', 'me'],
    ...['m'.repeat(100_000), 'toString', '__proto__', 'Kowalska'],
  ]) {
    t.equal(readPolish(raw), refused, raw.slice(0, 20))
  }
})

t.test('canonical values stay, any text is judged, twice alike', async t => {
  for (const gender of genders) t.equal(readPolish(gender), gender)
  holdsForAll(
    t,
    fc.property(fc.string({ unit: 'binary' }), raw => {
      const gender = readPolish(raw)
      assert.equal(readPolish(raw), gender)
      const known = [...genders, 'none', refused]
      assert.ok(known.includes(gender) || gender.startsWith('repaired '), gender)
    }),
  )
})
