import t from 'tap'
import { readLocale } from '../../src/http/locale.ts'

t.test('the best of the known languages', async t => {
  const cases: [string | undefined, string][] = [
    [undefined, 'en'],
    ['', 'en'],
    ['pl', 'pl'],
    ['PL-pl', 'pl'],
    ['de, pl;q=0.5', 'pl'],
    ['de', 'en'],
    ['en;q=0.4, pl;q=0.8', 'pl'],
    ['pl;q=0.4, en;q=0.8', 'en'],
    ['pl, en', 'pl'],
    ['en, pl', 'en'],
    ['pl;q=0', 'en'],
    ['*, pl;q=0.9', 'en'],
    ['pl;q=nonsense', 'en'],
    ['plx', 'en'],
    [`${'de,'.repeat(10_000)}pl`, 'en'],
  ]
  for (const [header, locale] of cases) {
    t.equal(readLocale(header), locale, `${header}`.slice(0, 40))
  }
})
