import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import fc from 'fast-check'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import t from 'tap'
import {
  contactCopyOptions,
  contactLine,
  issueCopyOptions,
  issueLine,
} from '../../../src/storage/postgres/copy-text.ts'
import { createTestDatabase } from '../../support/database.ts'

/** What normalising lets through: any text but control characters; line feed and tab are texts' own. */
const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .map(value => value.replace(/(?![\n\t])\p{Cc}/gu, '') || 'x')
const awkward = fc.constantFrom('\\N', '\\.', '\\', '\\t', 'a\tb', 'a\nb', '\n', '\t', 'NULL', ' ')
const value = fc.option(fc.oneof(text, awkward))
const rows = fc.array(fc.tuple(value, value, value), { minLength: 1, maxLength: 50 })

async function openTable(t: Parameters<typeof createTestDatabase>[0]) {
  const { adminUrl } = await createTestDatabase(t)
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  t.teardown(() => client.end())
  await client.query('create temporary table lines (number int, a text, b text, c text)')
  const copy = (lines: string[], options = contactCopyOptions) =>
    pipeline(
      Readable.from(lines.map(line => Buffer.from(line))),
      client.query(copyFrom(`copy lines from stdin with (${options})`)),
    )
  return { client, copy }
}

t.test('PostgreSQL reads back what was written', async t => {
  const { client, copy } = await openTable(t)
  await fc.assert(
    fc.asyncProperty(rows, async written => {
      await client.query('truncate lines')
      await copy(written.map((values, index) => contactLine(index + 1, values)))
      const { rows: read } = await client.query({
        text: 'select a, b, c from lines order by number',
        rowMode: 'array',
      })
      t.same(read, written)
    }),
    { numRuns: 100 },
  )
})

t.test('a delimiter within a value is refused, not taken for two values', async t => {
  const { copy } = await openTable(t)
  await t.rejects(copy([contactLine(1, ['a\x1fb', 'c', 'd'])]), { code: '22P04' })
})

t.test('texts of refused cells arrive as they are, whatever they hold', async t => {
  const { client, copy } = await openTable(t)
  const anything = fc
    .oneof(fc.string({ unit: 'binary', maxLength: 30 }), awkward, fc.constant('a\x1fb\x1f'))
    .map(value => Buffer.from(value.replaceAll('\0', '')).toString())
  await fc.assert(
    fc.asyncProperty(fc.array(anything, { minLength: 1, maxLength: 50 }), async written => {
      await client.query('truncate lines')
      await copy(
        written.map((value, index) => issueLine([index + 1, 'phone', 'phone-invalid'], value)),
        issueCopyOptions,
      )
      const { rows: read } = await client.query({
        text: 'select c from lines order by number',
        rowMode: 'array',
      })
      t.same(read.flat(), written)
    }),
    { numRuns: 100 },
  )
})
