import t from 'tap'
import { toPage } from '../../src/contracts/keyset.ts'
import { pageBytesMax } from '../../src/limits.ts'

const shape = { item: (text: string) => text, key: (text: string) => [text.length] }
const decode = (cursor: string | null) => JSON.parse(Buffer.from(cursor!, 'base64url').toString())

t.test('a page holds as many items as were asked for, and says whether there are more', async t => {
  t.strictSame(toPage([], 3, shape), { items: [], nextCursor: null })
  t.strictSame(toPage(['a', 'bb', 'ccc'], 3, shape), {
    items: ['a', 'bb', 'ccc'],
    nextCursor: null,
  })
  const page = toPage(['a', 'bb', 'ccc'], 2, shape)
  t.strictSame(page.items, ['a', 'bb'])
  t.strictSame(decode(page.nextCursor), [2])
})

t.test('large items make a shorter page, and none is left out', async t => {
  const large = (bytes: number) => 'ż'.repeat(bytes / 2)
  const half = large(pageBytesMax / 2)
  const page = toPage([half, 'a', half, 'bb'], 3, shape)
  t.equal(page.items.length, 2, 'the third would make it too large')
  t.strictSame(decode(page.nextCursor), [1], 'the next page begins with it')

  const huge = large(3 * pageBytesMax)
  t.strictSame(toPage([huge], 3, shape).items.length, 1, 'at least one')
  t.equal(toPage([huge], 3, shape).nextCursor, null)
  const first = toPage([huge, 'a'], 3, shape)
  t.strictSame([first.items.length, decode(first.nextCursor)], [1, [huge.length]])
})
