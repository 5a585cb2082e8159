/**
 * Our grammar of addresses is held to that of a library, which stands here alone: what we store it calls an address, and
 * plain addresses that it knows we take as they stand.
 */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import validator from 'validator'
import { normaliseEmail } from '../../../src/mapping/normalise/email.ts'
import { holdsForAll } from '../holds-for-all.ts'

/** The form of RFC 5321 without quotes, literals and letters beyond ASCII before the @. */
const grammar = { allow_utf8_local_part: false, allow_ip_domain: false, require_tld: true }

/** Signs that a sheet adds, which we refuse or drop before an address. */
const sheetSigns = /^['`=*#/+~$!?%{}^&|-]|\/|%[0-9a-f]{2}/i

const sign = fc.constantFrom(
  ...'abzAZ09.-_+\'`=*#/~$!?%{}^&|"\\ ()<>[],:;@\u00a0\u200bżßİ\u0301\uff41中١-..',
)
const word = fc.string({ unit: fc.constantFrom(...'abz019.-_+'), maxLength: 12 })
const label = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'abz019-żß中_ａ١़𝒂'), maxLength: 12 }),
  fc.constantFrom(
    'a'.repeat(63),
    'a'.repeat(64),
    'xn--w-uga1v8h',
    'ünïcode',
    'com',
    'pl',
    'c',
    '1',
    '',
  ),
)
const address = fc
  .tuple(
    fc.oneof(word, fc.constantFrom('a'.repeat(64), 'a'.repeat(65))),
    fc.array(label, { minLength: 1, maxLength: 5 }),
  )
  .map(([local, labels]) => `${local}@${labels.join('.')}`)
const text = fc.oneof(address, fc.string({ unit: sign, maxLength: 30 }), fc.emailAddress())

function storedOf(raw: string): readonly string[] {
  const outcome = normaliseEmail(raw)
  if (outcome === null) return []
  if (typeof outcome === 'string') return [outcome]
  if (outcome.outcome === 'several') return outcome.values
  return 'value' in outcome && outcome.value !== null ? [outcome.value] : []
}

t.test('the library calls an address whatever we store as one', async t => {
  let stored = 0
  holdsForAll(
    t,
    fc.property(text, raw => {
      for (const value of storedOf(raw)) {
        stored++
        assert.ok(
          validator.isEmail(value, grammar),
          `${JSON.stringify(raw)} ${JSON.stringify(value)}`,
        )
      }
    }),
    { numRuns: 20_000 },
  )
  t.ok(stored > 1_000, `${stored} addresses`)
})

t.test('what the library calls an address we take as it stands, signs of sheets aside', async t => {
  let taken = 0
  holdsForAll(
    t,
    fc.property(text, raw => {
      const isPlain = /^[\x21-\x7e]+$/.test(raw) && !raw.includes('"') && !sheetSigns.test(raw)
      if (!isPlain || !validator.isEmail(raw, grammar)) return
      taken++
      const at = raw.lastIndexOf('@')
      assert.deepEqual(storedOf(raw), [raw.slice(0, at) + raw.slice(at).toLowerCase()], raw)
    }),
    { numRuns: 20_000 },
  )
  t.ok(taken > 1_000, `${taken} addresses`)
})
