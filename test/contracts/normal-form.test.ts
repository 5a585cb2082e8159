/** Unicode normalisation is quadratic in combining marks: no text reaches it before its length was looked at. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { searchTerms } from '../../src/contacts/search-terms.ts'
import { composeText, decomposeText } from '../../src/contracts/normal-form.ts'
import { cleanFileName } from '../../src/http/file-name.ts'
import { foldText } from '../../src/mapping/fold-text.ts'
import { normaliseEmail } from '../../src/mapping/normalise/email.ts'
import { normaliseText } from '../../src/mapping/normalise/text.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Marks of two classes in turn: the order that takes normalisation longest. */
const marks = (count: number) => '\u0301\u0323'.repeat(count / 2)

t.test('one place normalises, and bounds what it is given', async t => {
  const files = globSync('{src,migrations}/**/*.ts', { cwd: root })
  t.ok(files.length > 100)
  const places = files.filter(file =>
    /\bnormalize\s*\(/.test(readFileSync(join(root, file), 'utf8')),
  )
  const expected = [
    'src/contracts/normal-form.ts',
    // Names of its own short lists.
    'src/sample/contact-rows.ts',
  ]
  t.same(places.sort(), expected, 'other files call its functions')
})

t.test('texts within the bounds are normalised, others are none', async t => {
  t.equal(composeText('Zo\u0308e', 4), 'Zöe')
  t.equal(decomposeText('ﬁé', 2), 'fie\u0301')
  t.equal(composeText('abcde', 4), null)
  t.equal(composeText(`a${marks(30)}`, 100), `a${marks(30)}`.normalize('NFC'))
  t.equal(composeText(`a${marks(32)}`, 100), null)
  t.equal(decomposeText(`a${marks(32)}`, 100), null)
})

t.test('a hostile text costs no more than reading it', async t => {
  const long = `a${marks(32_000)}`
  const begun = performance.now()
  for (let times = 0; times < 20; times++) {
    t.same(normaliseText(long, 32_767), { outcome: 'refused', code: 'text-invalid' })
    t.same(normaliseText(long, 200), { outcome: 'refused', code: 'text-too-long' })
    t.same(normaliseEmail(`a@${long}.pl`), { outcome: 'refused', code: 'email-invalid' })
    t.equal(foldText(long), '')
    t.same(searchTerms(long, 'PL'), [])
    t.equal(cleanFileName(`${long}${long}.xlsx`), 'upload.xlsx')
  }
  // Each of them took some 300 ms.
  t.ok(performance.now() - begun < 1_000)
})

t.test('a long file name keeps its beginning and its extension', async t => {
  const name = cleanFileName(`${'ż'.repeat(65_536)}.xlsx`)
  t.equal(name, `${'ż'.repeat(250)}.xlsx`)
  t.equal(cleanFileName(`${'z\u0307'.repeat(65_536)}.xlsx`), name)
})
