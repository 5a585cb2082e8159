import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { normaliseEmail } from '../../../src/mapping/normalise/email.ts'
import { holdsForAll } from '../holds-for-all.ts'

t.test('addresses', async t => {
  const table: [raw: string, address: string | null][] = [
    ['anna@example.com', 'anna@example.com'],
    ['  anna@example.com\u00a0', 'anna@example.com'],
    ['Anna.Nowak+crm@Example.COM', 'Anna.Nowak+crm@example.com'],
    ['anna\u200b@exam\u00adple.com', 'anna@example.com'],
    ["o'neil@example.ie", "o'neil@example.ie"],
    ['biuro@ŻÓŁW.pl', 'biuro@żółw.pl'],
    ['biuro@z\u0307o\u0301\u0142w.pl', 'biuro@żółw.pl'],
    ['a@b.co', 'a@b.co'],
    ['a@xn--w-uga1v8h.pl', 'a@xn--w-uga1v8h.pl'],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
    ['', null],
    [' \u00a0', null],
  ]
  for (const [raw, address] of table) t.equal(normaliseEmail(raw), address, JSON.stringify(raw))
})

t.test('what is no single address is refused', async t => {
  const refused = [
    ...['anna', 'anna@', '@example.com', 'anna@example', 'anna@@example.com', 'a b@example.com'],
    ...['a@b@c.pl'],
    ...['.anna@example.com', 'anna.@example.com', 'an..na@example.com', 'józef@example.com'],
    ...[
      'a@-b.pl',
      'a@b-.pl',
      'a@b..pl',
      'a@.pl',

      'a@b.c',
      'a@127.0.0.1',
      'a@[127.0.0.1]',
    ],
    ...[
      '"a b"@example.com',
      'a@b_c.pl',

      'a\0@b.pl',
      'brak',
      '-',
      'a@\ud800.pl',
    ],
    ...[`${'a'.repeat(65)}@example.com`, `a@${'b'.repeat(64)}.com`, `a@${'b.'.repeat(127)}pl`],
    ...['a@'.repeat(50_000), `${'a.'.repeat(50_000)}@b.pl`, `a@b${'.b'.repeat(50_000)}`],
  ]
  for (const raw of refused) {
    t.same(
      normaliseEmail(raw),
      { outcome: 'refused', code: 'email-invalid' },
      JSON.stringify(raw.slice(0, 40)),
    )
  }
})

t.test(
  'addresses of every common form are kept as they are, but for the case of the domain',
  async t => {
    holdsForAll(
      t,
      fc.property(fc.emailAddress(), address => {
        // Signs of formulas and lists in front, slashes and escapes are read as what a sheet adds.
        fc.pre(!/^['`=*#/+~$!?%{}^&|-]|\/|%[0-9a-f]{2}/i.test(address))
        const at = address.lastIndexOf('@')
        const outcome = normaliseEmail(address)
        const isNoted = typeof outcome === 'object' && outcome?.outcome === 'noted'
        assert.equal(
          isNoted ? outcome.value : outcome,
          address.slice(0, at) + address.slice(at).toLowerCase(),
        )
      }),
    )
  },
)

t.test('addresses that were typed so that a form lets its reader go on are noted', async t => {
  const dummies = ['brak@brak.pl', 'test@test.pl', 'nie.ma@firma.pl', 'a@a.pl', 'noemail@x.com']
  for (const address of dummies) {
    t.match(normaliseEmail(address), { value: address, outcome: 'noted', code: 'email-dummy' })
  }
  for (const address of ['an@nowak.pl', 'brakowski@firma.pl', 'tester.anna@firma.pl']) {
    t.equal(normaliseEmail(address), address)
  }
})

t.test('properties of any text', async t => {
  const emailLike = fc.string({
    unit: fc.constantFrom(...'aZż09.@-+İß\u0301 \u200b'),
    maxLength: 30,
  })
  const anyText = fc.string({ unit: 'binary' })
  const assembled = fc.tuple(fc.string({ maxLength: 5 }), anyText).map(([a, b]) => `${a}@${b}.pl`)
  holdsForAll(
    t,
    fc.property(fc.oneof(anyText, emailLike, assembled), raw => {
      const address = normaliseEmail(raw)
      if (typeof address !== 'string') return
      assert.ok(address.length <= 254)
      assert.equal(normaliseEmail(address), address, 'normalising twice changes nothing')
    }),
    { numRuns: 3000 },
  )
})

t.test('what stands beside an address is dropped and told, and two are never one', async t => {
  const inShort = (text: string) => {
    const outcome = normaliseEmail(text)
    if (outcome === null || typeof outcome === 'string') return outcome
    if (outcome.outcome === 'several') return `several ${outcome.values.join(' ')}`
    return outcome.outcome === 'refused' ? outcome.code : `${outcome.code} ${outcome.value}`
  }
  for (const text of [
    'Jan Nowak <jan@b.pl>',
    'jan@b.pl (praca)',
    'e-mail: jan@b.pl',
    'mailto:jan@b.pl?subject=x',
  ]) {
    t.equal(inShort(text), 'email-words-dropped jan@b.pl', text)
  }
  for (const text of [
    '<jan@b.pl>',
    '"jan@b.pl"',
    'jan@b.pl,',
    'jan@b.pl.',
    "'jan@b.pl",
    '=jan@b.pl',
    '#jan@b.pl',
  ]) {
    t.equal(inShort(text), 'signs-dropped jan@b.pl', text)
  }
  t.equal(inShort('jan@b.pl; JAN@b.pl'), 'value-repeated JAN@b.pl')
  t.equal(inShort('jan@b.pl; anna@b.pl'), 'several jan@b.pl anna@b.pl')
  t.equal(inShort('jan/anna@b.pl'), 'email-several')
  for (const text of [
    'jan nowak@b.pl',
    'jan@b.pl1',
    'jan@b .pl',
    'jan@b.com pl',
    '/jan@b.pl',
    '-jan@b.pl',
    'jan@@b.pl',
  ]) {
    t.equal(inShort(text), 'email-invalid', text)
  }
})
