import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { normaliseText, trimText } from '../../../src/mapping/normalise/text.ts'
import { holdsForAll } from '../holds-for-all.ts'

const lengthMax = 200

t.test('canonical text', async t => {
  const table: [raw: string, canonical: string | null, why: string][] = [
    ['Anna', 'Anna', 'plain text stays'],
    ['Zażółć gęślą jaźń', 'Zażółć gęślą jaźń', 'Polish text stays'],
    ['  Anna \t\n', 'Anna', 'white space at the edges goes'],
    ['\u00a0Anna\u2009', 'Anna', 'no-break and thin spaces at the edges go'],
    ['\u200b\ufeffAnna\u2060 \u200b', 'Anna', 'zero-width spaces at the edges go'],
    ['Anna  Maria', 'Anna  Maria', 'spaces within stay'],
    ['a\u00a0b', 'a\u00a0b', 'a no-break space within stays'],
    ['z\u0307o\u0301\u0142c\u0301', 'żółć', 'decomposed letters are composed'],
    ['first\nsecond', 'first\nsecond', 'line breaks stay'],
    ['first\r\nsecond\rthird', 'first\nsecond\nthird', 'line breaks become LF'],
    ["'quoted'", "'quoted'", 'apostrophes are text'],
    ['👩‍👩‍👧', '👩‍👩‍👧', 'joiners within stay'],
    ['', null, 'nothing'],
    [' \u00a0\u200b\n', null, 'nothing visible'],
  ]
  for (const [raw, canonical, why] of table) t.equal(normaliseText(raw, lengthMax), canonical, why)
})

t.test('what can not be stored is refused, never removed', async t => {
  for (const raw of ['a\0b', 'a\u0001', 'a\u001bb', 'a\u007f', '\ud800', 'ż\udc00ółć']) {
    t.same(
      normaliseText(raw, lengthMax),
      { outcome: 'refused', code: 'text-invalid' },
      JSON.stringify(raw),
    )
  }
})

t.test('length is counted in code points, after trimming', async t => {
  t.equal(normaliseText('abc', 3), 'abc')
  t.equal(normaliseText('  abc  ', 3), 'abc')
  t.equal(normaliseText('😀😀😀', 3), '😀😀😀')
  t.equal(normaliseText('e\u0301e\u0301', 2), 'éé')
  for (const raw of ['abcd', '😀😀😀😀', 'żółć', 'x'.repeat(100_000)]) {
    t.same(normaliseText(raw, 3), { outcome: 'refused', code: 'text-too-long' }, raw.slice(0, 10))
  }
})

t.test('properties of any text', async t => {
  const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))
  holdsForAll(
    t,
    fc.property(anyText, raw => {
      const value = normaliseText(raw, lengthMax)
      if (typeof value !== 'string') return
      assert.equal(normaliseText(value, lengthMax), value, 'normalising twice changes nothing')
      assert.equal(value, value.normalize('NFC'))
      assert.equal(value, trimText(value))
      assert.equal(
        value,
        trimText(raw).replace(/\r\n?/g, '\n').normalize('NFC'),
        'nothing else is lost',
      )
    }),
    { numRuns: 1000 },
  )
})
