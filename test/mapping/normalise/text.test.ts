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
    'markup-dropped': {
      '<b>Anna</b>': 'Anna',
      '<p>Anna</p>': 'Anna',
      'Anna <i>Maria</i> <B CLASS="x">Nowak</B>': 'Anna Maria Nowak',
      'Polna 1<br>Warszawa': 'Polna 1 Warszawa',
      'Polna 1<br/>Warszawa<BR />': 'Polna 1 Warszawa',
      '<a href="mailto:a@b.pl">Anna</a>': 'Anna',
      '<td>Anna</td><td>Nowak</td>': 'Anna Nowak',
      '<b></b>': 'null',
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
  t.equal(lines('<p>a</p><p>b</p>'), 'repaired a\n\nb markup-dropped')
  t.equal(lines('a<br>b'), 'repaired a\nb markup-dropped')
})

t.test('tags that hide something or do not fit together are noted', async t => {
  for (const text of [
    ...['<b>Anna', 'Anna</b>', '<b>Anna</i>', '</b>Anna<b>', '<script>alert(1)</script>Anna'],
    ...['<img src="a.png">', '<style>p{}</style>', '<b>Anna</b><input value="Nowak">'],
  ]) {
    t.equal(line(text), `noted ${text} markup-kept`, text)
  }
  for (const text of [
    'Jan <Janek> Nowak',
    'a < b > c',
    'a<1>',
    'i <3 you',
    '<>',
    '<anna@firma.pl>',
  ]) {
    t.equal(line(text), text)
  }
  t.equal(line('&lt;b&gt;Anna&lt;/b&gt;'), 'repaired Anna entities-decoded')
  t.equal(line('&lt;b&gt;Anna'), 'noted <b>Anna markup-kept')
})

t.test('broken encoding is noted, and nothing of it is mended', async t => {
  for (const text of [
    ...['KoÅ‚odziej', 'KoĹ‚odziej', 'WrocÅ‚aw', 'MÃ¼ller', 'MĂĽller', 'JosÃ©', 'Ã“smy'],
    ...['Pawe³', 'Pawe³ Nowak', '£ukasz', 'Gra¿yna', 'D¹browski', 'Wiœniewski', 'KO£ODZIEJ'],
    ...['Smith +ACY- Co', 'Ko+AUI-odziej', 'M+APw-ller', '+AUE-ukasz', '+AUEA8w-d+AXo-', 'Caf+AOk'],
    ...['Ko=C5=82odziej', 'Ko%C5%82odziej', 'Ko\\u0142odziej', 'Pøtřík Žøš'],
    ...['Wi?niewski', '?ukasz', 'Pawe?', 'caf\ufffd', 'Êîâàëü', 'РљРѕРІР°Р»СЊ', 'Mich\u00c5\u0082'],
  ]) {
    t.equal(line(text), `noted ${text} encoding-broken`, text)
  }
  for (const text of [
    ...['Kołodziej', 'Müller', 'José', 'Łukasz', 'Čapek', 'cœur', 'Sœur', 'Œuf', 'Kovaľ', 'Сірко'],
    ...['Nguyễn', 'Ångström', 'ÄÖÜ', 'São Paulo', 'Õunapuu', '12 m³', '5 km²', 'Co to? Nie wiem'],
    ...['¿Qué tal?', 'http://a.b/c?d=e', 'ÓSMY', 'KÓŁKO', 'ŻÓŁTAŃSKI', 'ŁÓDŹ', 'Mª José', '3º'],
    ...['A+B', 'C++', 'IT+BIZ', 'A+AOK', 'Canal+', 'a+b-c', '+48 501 234 567', '+ABC-', 'A+IKEA'],
    ...['100%', '5%CO', 'C:\\dane', 'a\\b', 'Sørensen', 'Bjørnsø', 'jan_x', 'a_xb', 'A=B', 'x=C5'],
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
  const hostile = [
    ' ',
    '\f',
    '\0',
    '&',
    'À',
    '?',
    "'",
    '\u200d',
    '³',
    'Ã',
    '&#',
    '\u00a0',
    '<',
    '<b ',
  ]
  hostile.push('<b>', '</b>', '<b><i>', '+A', '+AAAA', '=C5', 'ø', '%C', '\\u', '_x0')
  const start = performance.now()
  for (const sign of hostile) {
    normaliseLines(`x${sign.repeat(100_000)}x`, 32_767)
    normaliseText(sign.repeat(100_000), 200)
  }
  t.ok(performance.now() - start < 10_000, 'quadratic steps would take minutes')
})

t.test('properties of any text', async t => {
  const signs = fc.constantFrom(
    ...' \u00a0\u200b&;#amp\'="łóżÅ‚³?ÃÓŁ\n\t\v\0aB1<b>/+AOk-%C5\\u0øšØ_x00',
  )
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
