import t from 'tap'
import { normaliseWebsite } from '../../../src/mapping/normalise/website.ts'
import { numberCell, stringCell } from './cells.ts'

const read = (text: string) => normaliseWebsite(stringCell(text), 300)

t.test('addresses of pages stay as they are written', async t => {
  for (const text of [
    ...['www.example.com', 'https://example.com/a?b=c#d', 'HTTP://Example.PL:8080', 'żółw.pl'],
    'example.com.',
  ])
    t.equal(read(text), text)
})

t.test('what a link must not lead to is refused', async t => {
  for (const text of [
    ...['javascript:alert(1)', 'ftp://example.com', 'anna@example.com', 'example', 'a b.pl'],
    ...['-a.pl', '1.2', 'data:text/html,x.pl', `${'a.'.repeat(100)}`],
  ])
    t.match(read(text), { outcome: 'refused', code: 'website-invalid' }, text)
  t.match(normaliseWebsite(numberCell(12), 300), { outcome: 'refused' })
  t.match(read(`${'a'.repeat(400)}.pl`), { outcome: 'refused', code: 'text-too-long' })
  t.equal(read(' '), null)
})
