/**
 * Owns the judgement of events by the committed AsyncAPI document, and by nothing else: not by the types and schemas
 * that it was generated from. Whatever gives a test an event asks here first.
 */
import { readFileSync } from 'node:fs'
import { Compile } from 'typebox/schema'
import { parse } from 'yaml'
import type { ImportEvent } from '../../src/contracts/events.ts'
import type { ImportSnapshot } from '../../src/contracts/import.ts'
import { type OutboxRow, outboxColumns, toImportEvent } from '../../src/storage/outbox/outbox.ts'
import { queryOnce } from './query.ts'

const path = new URL('../../openapi/asyncapi.yaml', import.meta.url)
const contract = parse(readFileSync(path, 'utf8'))
const { address } = contract.channels.importEvents

type Judge = (value: unknown) => void

/** The names of messages by their types. */
const messageNames = new Map(
  Object.entries<{ name: string }>(contract.components.messages).map(([event, { name }]) => [
    name as unknown,
    event,
  ]),
)

/** Compiled when first needed: a test meets few of them. */
const judges = new Map<string, Judge>()

function judgeBy(pointer: string): Judge {
  const known = judges.get(pointer) ?? compile(pointer)
  judges.set(pointer, known)
  return known
}

function compile(pointer: string): Judge {
  const schema = Compile({ ...contract, $ref: pointer })
  return value => {
    const [isValid, errors] = schema.Errors(value)
    if (isValid) return
    const faults = errors.map(({ instancePath, message }) => `${instancePath || '/'} ${message}`)
    throw new Error(`not as in asyncapi.yaml: ${faults.join('; ')} in ${JSON.stringify(value)}`)
  }
}

/** The event that `payload` is; throws what the contract has against it. */
export function judgeEvent(payload: unknown): ImportEvent {
  judgeBy(`#/components/messages/${nameOf(payload)}/payload`)(payload)
  return payload as ImportEvent
}

/** The same of a message of the broker, with its subject and its headers. */
export function judgeMessage(message: {
  subject: string
  header(name: string): string | undefined
  json(): unknown
}): ImportEvent {
  const event = judgeEvent(message.json())
  const name = nameOf(event)
  const subject = address
    .replace('{tenant}', event.tenant)
    .replace('{importId}', event.subject)
    .replace('{event}', name)
  if (message.subject !== subject) throw new Error(`${subject} was sent to ${message.subject}`)
  const id = message.header('Nats-Msg-Id')
  judgeBy(`#/components/messages/${name}/headers`)({
    ...(id !== undefined && { 'Nats-Msg-Id': id }),
  })
  if (id !== event.id) throw new Error(`${event.id} was sent as ${id}`)
  return event
}

/** The state that an event stream over HTTP begins with. */
export function judgeState(state: unknown): ImportSnapshot {
  judgeBy('#/components/schemas/ImportSnapshot')(state)
  return state as ImportSnapshot
}

/** Everything that the outbox holds, by import and in order of `seq`. */
export async function readOutbox(adminUrl: string): Promise<ImportEvent[]> {
  const rows = await queryOnce(
    adminUrl,
    `select ${outboxColumns} from outbox order by import_id, seq`,
  )
  return rows.map(row => judgeEvent(toImportEvent(row as unknown as OutboxRow)))
}

/** Judges the outbox, each payload once. */
export async function judgeOutbox(adminUrl: string): Promise<void> {
  const rows = await queryOnce(
    adminUrl,
    `select distinct on (event, md5(payload::text)) ${outboxColumns} from outbox`,
  )
  for (const row of rows) judgeEvent(toImportEvent(row as unknown as OutboxRow))
}

function nameOf(payload: unknown): string {
  const type = (payload as { type?: unknown } | null)?.type
  const name = messageNames.get(type)
  if (!name) throw new Error(`no message of asyncapi.yaml: ${JSON.stringify(payload)}`)
  return name
}
