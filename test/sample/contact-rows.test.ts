/** Sample contacts are valid, varied and repeatable. */
import { isValidPhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import t from 'tap'
import { contactColumns, contactRows } from '../../src/sample/contact-rows.ts'

const rows = [...contactRows({ rows: 5_000 })]

t.test('the same seed gives the same contacts, another seed others', async t => {
  t.strictSame([...contactRows({ rows: 5_000, seed: 1 })], rows)
  t.not([...contactRows({ rows: 1, seed: 2 })][0]!.join(), rows[0]!.join())
})

t.test('every row names a person and has all columns, one cell in eight is a gap', async t => {
  t.ok(rows.every(row => row.length === contactColumns.length))
  t.ok(rows.every(row => row[0] !== '' && row[1] !== '' && row[3] !== null))
  const gaps = rows.flat().filter(value => value === null).length
  t.ok(Math.abs(gaps / (rows.length * contactColumns.length) - 0.125) < 0.01)
})

t.test('phones are valid, mobiles never repeat and come as numbers and as text', async t => {
  const seen = new Set<string>()
  for (const row of rows) {
    const written = String(row[3])
    const phone = parsePhoneNumberFromString(written.replace(/^48(?=\d{9}$)/, '+48'), 'PL')
    if (phone?.getType() !== 'MOBILE' || !phone.isValid()) t.fail(`${written} is no mobile`)
    seen.add(phone?.number ?? '')
    if (row[4] !== null && !isValidPhoneNumber(row[4], 'PL')) t.fail(`${row[4]} is no phone`)
  }
  t.equal(seen.size, rows.length)
  const kinds = new Set(rows.map(row => `${typeof row[3]} ${String(row[3]).replace(/\d/g, '9')}`))
  t.equal(kinds.size, 6)
})

t.test('birth dates are whole days, mostly date cells, some as Polish text', async t => {
  const dates = rows.map(row => row[9]).filter(date => date !== null)
  const [texts, cells] = [
    dates.filter(date => typeof date === 'string'),
    dates.filter(date => typeof date !== 'string'),
  ]
  t.ok(cells.every(date => date.getTime() % 86_400_000 === 0))
  t.ok(texts.length > 0 && texts.every(text => /^\d\d\.\d\d\.\d{4}$/.test(text)))
  t.ok(cells.length > texts.length)
})

t.test('texts are trimmed, composed and hold Polish letters', async t => {
  const texts = rows.flat().filter(value => typeof value === 'string')
  t.ok(texts.every(text => text === text.trim().normalize('NFC') && text !== ''))
  for (const letter of 'ąćęłńóśźż')
    t.ok(
      texts.some(text => text.includes(letter)),
      letter,
    )
  const emails = rows.map(row => row[5]).filter(email => email !== null)
  t.ok(emails.every(email => /^[a-z]+\.[a-z]+\.\d+@[a-z.]+$/.test(email)))
})
