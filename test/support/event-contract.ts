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

const messages = new Map<unknown, { event: string; judgePayload: Judge; judgeHeaders: Judge }>(
  Object.entries<{ name: string }>(contract.components.messages).map(([event, { name }]) => {
    const pointer = `#/components/messages/${event}`
    const [judgePayload, judgeHeaders] = [`${pointer}/payload`, `${pointer}/headers`].map(judgeBy)
    return [name, { event, judgePayload: judgePayload!, judgeHeaders: judgeHeaders! }]
  }),
)

const judgeSnapshot = judgeBy('#/components/schemas/ImportSnapshot')

function judgeBy(pointer: string): Judge {
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
  messageOf(payload).judgePayload(payload)
  return payload as ImportEvent
}

/** The same of a message of the broker, with its subject and its headers. */
export function judgeMessage(message: {
  subject: string
  header(name: string): string | undefined
  json(): unknown
}): ImportEvent {
  const event = judgeEvent(message.json())
  const { event: name, judgeHeaders } = messageOf(event)
  const subject = address
    .replace('{tenant}', event.tenant)
    .replace('{importId}', event.subject)
    .replace('{event}', name)
  if (message.subject !== subject) throw new Error(`${subject} was sent to ${message.subject}`)
  const id = message.header('Nats-Msg-Id')
  judgeHeaders({ ...(id !== undefined && { 'Nats-Msg-Id': id }) })
  if (id !== event.id) throw new Error(`${event.id} was sent as ${id}`)
  return event
}

/** The state that an event stream over HTTP begins with. */
export function judgeState(state: unknown): ImportSnapshot {
  judgeSnapshot(state)
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

function messageOf(payload: unknown) {
  const type = (payload as { type?: unknown } | null)?.type
  const found = messages.get(type)
  if (!found) throw new Error(`no message of asyncapi.yaml: ${JSON.stringify(payload)}`)
  return found
}
