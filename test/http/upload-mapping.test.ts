/** The parts of an upload that map and start it: what is taken, and what is refused where. */
import t, { type Test } from 'tap'
import { authorize, buildTestApp } from './in-memory-services.ts'
import { boundary, encodeForm, file, type Part } from './multipart-form.ts'

const { app, bench } = await buildTestApp(t)
const mapping = { headerRow: true, columns: [{ column: 1, field: 'phone' }] }
const json = (value: unknown): Part => ({ name: 'mapping', value: JSON.stringify(value) })
const part = (name: string, value: string): Part => ({ name, value })

async function upload(t: Test, parts: Part[], query = '') {
  bench.accepted.length = 0
  const answer = await app.inject({
    method: 'POST',
    url: `/v1/imports${query}`,
    headers: {
      ...(await authorize()),
      'content-type': `multipart/form-data; boundary=${boundary}`,
    },
    payload: encodeForm(...parts),
  })
  t.strictSame(await bench.listScratch(), [], 'nothing stays in the scratch folder')
  const { code, errors } = answer.json()
  return {
    status: answer.statusCode,
    code,
    pointers: errors?.map(({ pointer }: { pointer: string }) => pointer),
    accepted: bench.accepted[0],
  }
}

t.test('a mapping, or a template in its place, before or after the file', async t => {
  const inFile: Part = { ...json(mapping), fileName: 'blob' }
  for (const parts of [
    [json(mapping), file],
    [file, json(mapping)],
    [file, inFile],
  ]) {
    const { status, accepted } = await upload(t, parts)
    t.match([status, accepted], [201, { mapping, start: false }])
  }
  const typed = 'form-data; name="mapping"\r\ncontent-type: application/json'
  const { accepted } = await upload(t, [{ ...json(mapping), disposition: typed }, file])
  t.match(accepted, { mapping })
  const named = await upload(t, [file, part('template', ' Sklep '), part('start', 'true')])
  t.match(named.accepted, { mapping: { template: 'Sklep' }, start: true })
  const both = await upload(t, [
    part('start', 'false'),
    json({ template: '5', region: 'DE' }),
    file,
  ])
  t.match(both.accepted, { mapping: { template: '5', region: 'DE' }, start: false })
})

t.test('fields that were left empty are not said', async t => {
  const empty = ['mapping', 'template', 'start'].map(name => part(name, ''))
  const { status, accepted } = await upload(t, [...empty, file])
  t.equal(status, 201)
  t.notOk('mapping' in accepted!)
})

t.test('what is no mapping is refused at its place, and nothing is kept', async t => {
  const refused: [Part[], string][] = [
    [[part('mapping', '{')], '/mapping'],
    [[part('mapping', '\xff')], '/mapping'],
    [[json([])], '/mapping'],
    [[json({ ...mapping, columns: [{ column: 0, field: 'phone' }] })], '/mapping/columns/0/column'],
    [[json({ ...mapping, forse: true })], '/mapping/forse'],
    [[json({ ...mapping, sheet: 'a\0' })], '/mapping/sheet'],
    [[part('mapping', `${JSON.stringify(mapping)}${' '.repeat(65_536)}`)], '/mapping'],
    [[json(mapping), json(mapping)], '/mapping'],
    [[json(mapping), part('template', 'Sklep')], '/template'],
    [[part('template', 'x'.repeat(201))], '/template'],
    [[part('template', 'x'.repeat(5_000))], '/template'],
    [[part('template', 'a\0b')], '/template'],
    [[part('template', 'a'), part('template', 'b')], '/template'],
    [[part('start', 'true')], '/start'],
    [[part('template', 'a'), part('start', 'yes')], '/start'],
    [[part('template', 'a'), part('start', 'true'), part('start', 'true')], '/start'],
    [[part('templates', 'a')], '/templates'],
  ]
  for (const [parts, pointer] of refused) {
    for (const form of [
      [...parts, file],
      [file, ...parts],
    ]) {
      const answer = await upload(t, form)
      t.match(answer, { status: 400, code: 'request-invalid' }, pointer)
      t.ok(answer.pointers?.includes(pointer), `${pointer} in ${answer.pointers}`)
      t.equal(answer.accepted, undefined)
    }
  }
})

t.test('a query is refused by name', async t => {
  const answer = await upload(t, [file], '?start=true')
  t.match(answer, { status: 400, code: 'request-invalid', pointers: ['/query/start'] })
  t.equal(answer.accepted, undefined)
})
