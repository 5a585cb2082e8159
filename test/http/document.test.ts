import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { Parser } from '@asyncapi/parser'
import t from 'tap'
import { Compile } from 'typebox/compile'
import { parse } from 'yaml'
import { eventNames } from '../../src/contracts/events.ts'
import { examples } from '../../src/contracts/examples.ts'
import { namedSchemas } from '../../src/http/schemas.ts'
import { buildTestApp } from './in-memory-services.ts'

const run = promisify(execFile)
const root = new URL('../../', import.meta.url).pathname

interface Operation {
  operationId?: string
  summary?: string
  tags?: string[]
  security?: unknown
  parameters?: { name: string; in: string; description?: string }[]
  requestBody?: unknown
  responses: Record<string, { description?: string; content?: object }>
}

interface Document {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, unknown> }
}

const committed = parse(readFileSync(`${root}openapi/openapi.yaml`, 'utf8')) as Document

t.test('the committed documents are those of the code', async t => {
  const check = run(process.execPath, ['src/bin/write-contracts.ts', '--check'], { cwd: root })
  await t.resolves(check, 'if not: npm run contracts')
})

t.test('the served document is the committed one', async t => {
  const { app } = await buildTestApp(t)
  t.strictSame((await app.inject('/openapi.json')).json(), committed)
})

t.test('the OpenAPI document follows the rules of redocly.yaml', async t => {
  const lint = run(`${root}node_modules/.bin/redocly`, ['lint', 'openapi/openapi.yaml'], {
    cwd: root,
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  })
  await t.resolves(lint)
})

t.test('the AsyncAPI document is valid', async t => {
  const text = readFileSync(`${root}openapi/asyncapi.yaml`, 'utf8')
  const { document, diagnostics } = await new Parser().parse(text)
  t.strictSame(
    diagnostics.filter(({ severity }) => severity < 2),
    [],
  )
  const messages = document!.channels().get('importEvents')!.messages().all()
  t.strictSame(
    messages.map(message => message.name()),
    eventNames.map(name => `contact-import.${name}.v1`),
  )
})

t.test('every operation tells what a front end needs', async t => {
  t.equal(committed.openapi, '3.1.1')
  const ids = new Set<string>()
  for (const [path, methods] of Object.entries(committed.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const name = `${method} ${path}`
      t.ok(operation.summary, `${name} has a summary`)
      t.equal(operation.tags?.length, 1, `${name} has a tag`)
      t.notOk(ids.has(operation.operationId ?? ''), `${name} has an id of its own`)
      ids.add(operation.operationId ?? '')
      if (!path.startsWith('/v1/')) continue
      t.strictSame(operation.security, [{ bearer: [] }], `${name} needs a token`)
      for (const status of ['401', '403', '500'])
        t.ok(operation.responses[status], `${name} ${status}`)
      if (path.includes('{id}')) t.ok(operation.responses['404'], `${name} 404`)
      for (const parameter of operation.parameters ?? []) {
        if (parameter.in !== 'path' && parameter.name !== 'status') {
          t.ok(parameter.description, `${name} describes ${parameter.name}`)
        }
      }
    }
  }
})

t.test('shapes are named, and null is a type', async t => {
  const text = readFileSync(`${root}openapi/openapi.yaml`, 'utf8')
  t.notMatch(text, /nullable/)
  t.notMatch(text, /\$ref: "(?!#\/components\/)/)
  t.strictSame(
    Object.keys(committed.components.schemas).sort(),
    namedSchemas.map(schema => (schema as { $id?: string }).$id).sort(),
  )
})

t.test('examples fit their schemas', async t => {
  const referenced = Object.fromEntries(
    namedSchemas.map(schema => [`${(schema as { $id?: string }).$id}#`, schema]),
  )
  for (const [name, example] of Object.entries(examples)) {
    t.strictSame(Compile(referenced, referenced[`${name}#`]!).Errors(example), [], name)
  }
})

t.test('the documentation page needs nothing from outside', async t => {
  const { app } = await buildTestApp(t)
  const page = await app.inject('/docs')
  t.equal(page.statusCode, 200)
  t.match(page.headers['content-security-policy'], /default-src 'none'/)
  t.notMatch(page.body, /(src|href)="https?:/)
  for (const [, path] of page.body.matchAll(/(?:src|href)="([^"]+)"/g)) {
    t.equal((await app.inject(path!)).statusCode, 200, path)
  }
})
