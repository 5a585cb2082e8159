/**
 * Numbers are shown as numfmt shows them, wherever the format is an ordinary one. Left out is the little in which
 * numfmt differs from Excel: fractions, exact halves, languages that change the decimal point.
 */
import fc from 'fast-check'
import { format } from 'numfmt'
import t from 'tap'
import { parseNumberFormat } from '../../src/xlsx/formats/number-format.ts'
import { numberSigns } from '../../src/xlsx/formats/number-signs.ts'

const places = fc.string({ unit: fc.constantFrom('0', '#', '?'), minLength: 1, maxLength: 6 })
const literal = fc.constantFrom('"+48 "', '\\-', ' ', '-', '"zł"', '\\ ', '(', ')', '+', ':', '_)')
const separated = fc
  .tuple(places, fc.array(fc.tuple(literal, places), { maxLength: 3 }))
  .map(([first, rest]) => first + rest.flat().join(''))
const whole = fc.oneof(separated, fc.constantFrom('#,##0', '0,000', 'General'))
const fraction = fc.oneof(
  fc.constant(''),
  fc.string({ unit: fc.constantFrom('0', '#'), minLength: 1, maxLength: 4 }).map(run => `.${run}`),
)
const edge = fc.oneof(fc.constant(''), literal)
const section = fc
  .record({
    look: fc.constantFrom('', '[Red]', '[Color 3]'),
    before: edge,
    whole,
    fraction,
    percent: fc.constantFrom('', '', '%'),
    after: edge,
  })
  .map(({ look, before, whole, fraction, percent, after }) =>
    whole === 'General'
      ? look + before + whole + after
      : look + before + whole + fraction + percent + after,
  )
const code = fc.oneof(
  section,
  fc.array(section, { minLength: 2, maxLength: 3 }).map(sections => sections.join(';')),
  fc
    .tuple(fc.constantFrom('[<=99999]', '[>1000]', '[=5]'), section, section)
    .map(([condition, first, second]) => `${condition}${first};${second}`),
)
const value = fc.oneof(
  fc.nat(99_999),
  fc.nat(2_000_000_000).map(size => size * 47),
  fc
    .tuple(fc.nat(100_000), fc.integer({ min: 1, max: 2 }))
    .map(([size, thirds]) => size + thirds / 3),
)

/** Blanks count once, and at the edges not at all: some stand only for room. */
function tidy(text: string): string {
  return text.replace(/[\s\u00a0\u202f]+/g, ' ').trim()
}

for (const locale of ['pl', 'de', 'en']) {
  t.test(`formats of numbers in ${locale}`, async t => {
    const signs = numberSigns(locale)
    fc.assert(
      fc.property(code, value, (code, value) => {
        const shown = parseNumberFormat(code, signs).show(value)
        const expected = tidy(format(code, value, { locale, throws: true }))
        if (shown !== expected) throw new Error(`${code}: ${shown} instead of ${expected}`)
      }),
      { numRuns: 2_000 },
    )
    t.pass()
  })
}
