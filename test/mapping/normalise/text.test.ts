import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { isPlainText } from '../../../src/mapping/normalise/plain-text.ts'
import { normaliseLines, normaliseText, trimText } from '../../../src/mapping/normalise/text.ts'
import { holdsForAll } from '../holds-for-all.ts'
import { inShort } from './outcomes.ts'

const lengthMax = 200
const line = (text: string) => inShort(normaliseText(text, lengthMax))
const lines = (text: string) => inShort(normaliseLines(text, lengthMax))

t.test('clean text', async t => {
  const table: [raw: string, canonical: string, why: string][] = [
    ['Anna', 'Anna', 'plain text stays'],
    ['Zażółć gęślą jaźń', 'Zażółć gęślą jaźń', 'Polish text stays'],
    ["O'Brien & Sons, A&B", "O'Brien & Sons, A&B", 'signs stay'],
    ['  Anna \t\n', 'Anna', 'white space at the edges goes'],
    ['\u00a0Anna\u2009', 'Anna', 'no-break and thin spaces at the edges go'],
    ['\u200b\ufeffAnna\u2060 \u200b', 'Anna', 'zero-width spaces at the edges go'],
    ['z\u0307o\u0301\u0142c\u0301', 'żółć', 'decomposed letters are composed'],
    ["'t Hooft", "'t Hooft", 'an apostrophe of a name'],
    ["'s-Gravenhage", "'s-Gravenhage", 'an apostrophe of a name'],
    ['👩‍👩‍👧', '👩‍👩‍👧', 'joiners of pictures stay'],
    ['می\u200cخواهم', 'می\u200cخواهم', 'joiners of Persian stay'],
    ['', 'none', 'nothing'],
    [' \u00a0\u200b\n', 'none', 'nothing visible'],
    ['\u3164', 'none', 'nothing visible'],
  ]
  for (const [raw, canonical, why] of table) {
    t.equal(line(raw), canonical, why)
    t.equal(lines(raw), canonical, why)
  }
})

/** A name of a test: a number sign begins a directive there, and a line separator a line. */
function nameOf(raw: string): string {
  return encodeURIComponent(raw)
}

t.test('repaired text of one line', async t => {
  const table: Record<string, Record<string, string>> = {
    'blanks-joined': {
      'Anna  Maria': 'Anna Maria',
      'Nowak\u00a0Kowalska': 'Nowak Kowalska',
      'Anna\u3000Maria': 'Anna Maria',
      'Kos\nKruk': 'Kos Kruk',
      'Kos\r\nKruk': 'Kos Kruk',
      'Kos\tKruk': 'Kos Kruk',
    },
    'invisible-dropped': {
      'Kowal\u200bski': 'Kowalski',
      'Kowa\u00adlski': 'Kowalski',
      '\u202eKowalski': 'Kowalski',
      'Kowal\u200dski': 'Kowalski',
    },
    'signs-dropped': {
      "'Kowalski": 'Kowalski',
      "''Kowalski": 'Kowalski',
      "'Kowalski'": 'Kowalski',
      '="00-950"': '00-950',
    },
    'entities-decoded': {
      'Kowalski &amp; Syn': 'Kowalski & Syn',
      'W&oacute;jcik': 'Wójcik',
      'Ko&#322;odziej': 'Kołodziej',
      'Ko&#x142;odziej': 'Kołodziej',
      'A &amp;amp; B': 'A & B',
      'Anna&nbsp;': 'Anna',
    },
    'control-characters': {
      'tekst\0': 'tekst',
      '\u0001tekst': 'tekst',
      'strona\f': 'strona',
      'linia 1\vlinia 2': 'linia 1 linia 2',
      'linia 1\u2028linia 2': 'linia 1 linia 2',
    },
  }
  for (const [code, texts] of Object.entries(table)) {
    for (const [raw, value] of Object.entries(texts)) {
      t.equal(line(raw), `repaired ${value} ${code}`, nameOf(raw))
    }
  }
})

t.test('text of several lines keeps its lines, tabs and runs of blanks', async t => {
  t.equal(lines('first\nsecond'), 'first\nsecond')
  t.equal(lines('first\r\nsecond\rthird'), 'first\nsecond\nthird', 'line breaks become LF')
  t.equal(lines('a  b\tc'), 'a  b\tc')
  t.equal(lines('linia 1\vlinia 2'), 'repaired linia 1\nlinia 2 control-characters')
  t.equal(lines('a\u00a0b'), 'repaired a b blanks-joined')
  t.equal(lines('a&amp;b'), 'repaired a&b entities-decoded')
})

t.test('broken encoding is noted, and nothing of it is mended', async t => {
  for (const text of [
    ...['KoÅ‚odziej', 'KoĹ‚odziej', 'WrocÅ‚aw', 'MÃ¼ller', 'MĂĽller', 'JosÃ©', 'Ã“smy'],
    ...['Pawe³', 'Pawe³ Nowak', '£ukasz', 'Gra¿yna', 'D¹browski', 'Wiœniewski', 'KO£ODZIEJ'],
    ...['Wi?niewski', '?ukasz', 'Pawe?', 'caf\ufffd', 'Êîâàëü', 'РљРѕРІР°Р»СЊ', 'Mich\u00c5\u0082'],
  ]) {
    t.equal(line(text), `noted ${text} encoding-broken`, text)
  }
  for (const text of [
    ...['Kołodziej', 'Müller', 'José', 'Łukasz', 'Čapek', 'cœur', 'Sœur', 'Œuf', 'Kovaľ', 'Сірко'],
    ...['Nguyễn', 'Ångström', 'ÄÖÜ', 'São Paulo', 'Õunapuu', '12 m³', '5 km²', 'Co to? Nie wiem'],
    ...['¿Qué tal?', 'http://a.b/c?d=e', 'ÓSMY', 'KÓŁKO', 'ŻÓŁTAŃSKI', 'ŁÓDŹ', 'Mª José', '3º'],
    ...['£50', 'ĐORĐEVIĆ', 'Đorđević', 'Pășcan', 'PĂŞCAN', 'Ñandú', 'Østergård', 'naïve', 'Noël'],
  ]) {
    t.equal(line(text), text)
  }
})

t.test('text that cannot be stored is refused', async t => {
  for (const raw of ['a\0b', 'a\u0001b', 'a\u001bb', 'a\u007fb', '\ud800', 'ż\udc00ółć']) {
    t.equal(line(raw), 'refused text-invalid', JSON.stringify(raw))
  }
})

t.test('length is counted in code points, after cleaning', async t => {
  const short = (text: string) => inShort(normaliseText(text, 3))
  t.equal(short('abc'), 'abc')
  t.equal(short('  abc  '), 'abc')
  t.equal(short('😀😀😀'), '😀😀😀')
  t.equal(inShort(normaliseText('e\u0301e\u0301', 2)), 'éé')
  t.equal(short(`a${' '.repeat(5000)}b`), 'refused text-too-long', 'not even joined')
  t.equal(short('&oacute;ab'), 'repaired óab entities-decoded')
  for (const raw of ['abcd', '😀😀😀😀', 'żółć', 'x'.repeat(100_000), '&'.repeat(100_000)]) {
    t.equal(short(raw), 'refused text-too-long', raw.slice(0, 10))
  }
})

t.test('no text takes more time than its length', async t => {
  const hostile = [' ', '\f', '\0', '&', 'À', '?', "'", '\u200d', '³', 'Ã', '&#', '\u00a0']
  const start = performance.now()
  for (const sign of hostile) {
    normaliseLines(`x${sign.repeat(100_000)}x`, 32_767)
    normaliseText(sign.repeat(100_000), 200)
  }
  t.ok(performance.now() - start < 10_000, 'quadratic steps would take minutes')
})

t.test('properties of any text', async t => {
  const signs = fc.constantFrom(...' \u00a0\u200b&;#amp\'="łóżÅ‚³?ÃÓŁ\n\t\v\0aB1')
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: signs }),
  )
  for (const read of [normaliseText, normaliseLines]) {
    holdsForAll(
      t,
      fc.property(anyText, raw => {
        const outcome = read(raw, lengthMax)
        if (isPlainText(raw)) {
          assert.deepEqual(read(` ${raw}`, lengthMax), raw, 'the short way answers as the long one')
        }
        if (typeof outcome !== 'string') return
        assert.equal(read(outcome, lengthMax), outcome, 'normalising twice changes nothing')
        assert.equal(outcome, outcome.normalize('NFC'))
        assert.equal(outcome, trimText(outcome))
        const kept = trimText(raw).replace(/\r\n?/g, '\n').normalize('NFC')
        assert.equal(outcome, kept, 'nothing else is lost without a finding')
      }),
      { numRuns: 2000 },
    )
  }
})
