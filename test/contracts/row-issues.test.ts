import t from 'tap'
import { rowIssueCodes, rowIssueText } from '../../src/contracts/row-issues.ts'
import { catalogue } from '../support/built-in-catalogue.ts'

const field = catalogue.find('lastName')!

/** Where there is no value to show. */
const codesWithoutValue = new Set(['formula-not-calculated', 'rich-value-unknown', 'value-missing'])

t.test('every code has a full text in both languages', async t => {
  for (const code of rowIssueCodes) {
    for (const locale of ['en', 'pl'] as const) {
      const text = rowIssueText(code, locale, { address: 'B7', field, value: 'Nowak' })
      t.match(text, /^B7: /, code)
      t.ok(text.includes('Nowak') || codesWithoutValue.has(code), text)
      t.ok(text.includes(field.labels[locale]), text)
      t.notMatch(text, /[{}]/, text)
    }
    const texts = ['en', 'pl'] as const
    const [en, pl] = texts.map(locale =>
      rowIssueText(code, locale, { address: 'B7', field, value: '' }),
    )
    t.not(en, pl)
  }
})

t.test('a value is never read as a template', async t => {
  const text = rowIssueText('text-too-long', 'en', { address: 'B7', field, value: '{label} $& $1' })
  t.ok(text.includes('"{label} $& $1"'), text)
  t.ok(text.includes('200 characters'), text)
})
