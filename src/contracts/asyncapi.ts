/** The AsyncAPI 3 document of the events, from their schemas; how JetStream carries them is in `x-jetstream`. */
import type { TSchema } from 'typebox'
import { Assignment } from './campaign.ts'
import { type EventName, eventNames, ImportAssigned, ImportEvent } from './events.ts'
import { examples } from './examples.ts'
import { ImportProgress, ImportSnapshot, Reading, ValidationProgress } from './import.ts'
import { Failure, FindingCounts, Progress, RowLedger } from './run-state.ts'
import { Validation } from './validation.ts'

const schemas = [
  ImportEvent,
  ImportSnapshot,
  ImportProgress,
  ValidationProgress,
  ImportAssigned,
  Assignment,
  Validation,
  RowLedger,
  Progress,
  Failure,
  Reading,
  FindingCounts,
]

const summaries: Readonly<Record<EventName, string>> = {
  uploaded: 'A file was uploaded and inspected',
  mapped: 'The mapping was set',
  queued: 'The import waits for a worker',
  started: 'A worker began, or continued, the import',
  progress: 'Rows were imported; about three and at most four times a second',
  completed: 'Every row was imported, skipped or rejected',
  failed: 'The import stopped by itself; `failure` says why',
  cancelled: 'The import was stopped by a person; imported rows stay',
  renamed: 'The name changed',
  assigned:
    'All contacts that the import has are in a campaign, and no more are on their way: the import is completed or stands still',
  corrected:
    'Rows were repaired, or a correction was taken back; `rows` and `findings` are what they are now',
  'validation-started': 'A worker began, or continued, to validate the import',
  'validation-progress': 'Rows were validated; about three and at most four times a second',
  'validation-completed':
    'Every row was validated: `validation.rows` is the ledger that a start would give',
  'validation-failed': 'The validation stopped by itself; `validation.failure` says why',
  'validation-cancelled':
    'The validation was stopped: by a person, or because the import was started, mapped otherwise or deleted',
  deleting: 'The import is being deleted; its contacts are in no answer any more',
  deleted: 'The import and all that came from it are gone; the last event of an import',
}

const description = `Every change of an import, as CloudEvents 1.0 in structured JSON.

The events of one import arrive in order: its next event is published only after JetStream has acknowledged the last.
\`id\` is \`<importId>:<seq>\`, \`seq\` counts from 1 without gaps, and \`Nats-Msg-Id\` repeats the id: a consumer that remembers
the last \`seq\` of an import sees every event once. Events carry ids and counts, never a contact's data. \`data\` is the import
without its mapping and its sheets; of \`progress\` and \`validation-progress\`, which come often, it is the members that
change, and \`assigned\` tells the assignment too.`

/** The whole document as plain data. */
export function describeEvents(version: string): Record<string, unknown> {
  return {
    asyncapi: '3.0.0',
    info: { title: 'contact-import events', version, description },
    defaultContentType: 'application/cloudevents+json',
    servers: {
      nats: { host: 'localhost:4222', protocol: 'nats', description: 'NATS with JetStream' },
    },
    channels: { importEvents: describeChannel() },
    operations: {
      publishImportEvents: {
        action: 'send',
        summary: 'The service publishes; subscribers consume the stream.',
        channel: { $ref: '#/channels/importEvents' },
      },
    },
    components: {
      messages: Object.fromEntries(eventNames.map(name => [name, describeMessage(name)])),
      schemas: Object.fromEntries(
        schemas.map(schema => [nameOf(schema), toComponent(schema) as Record<string, unknown>]),
      ),
    },
  }
}

function describeChannel() {
  return {
    address: 'contact-import.{tenant}.{importId}.{event}',
    description: 'One subject for each kind of event of each import.',
    parameters: {
      tenant: { description: 'tenant of the import, `[A-Za-z0-9_-]{1,64}`' },
      importId: { description: 'id of the import, a UUIDv7' },
      event: { description: 'kind of the event', enum: [...eventNames] },
    },
    messages: Object.fromEntries(
      eventNames.map(name => [name, { $ref: `#/components/messages/${name}` }]),
    ),
    'x-jetstream': {
      stream: 'CONTACT_IMPORT',
      subjects: ['contact-import.>'],
      messageIdHeader: 'Nats-Msg-Id',
      messageId: '$message.payload#/id',
      order: 'per import: an event is published after the one before it was acknowledged',
      delivery: 'at least once; repeats within the duplicate window are dropped by the message id',
      filterExamples: [
        'contact-import.acme.> (all of a tenant)',
        'contact-import.acme.*.completed (one kind of event of a tenant)',
      ],
    },
  }
}

function describeMessage(name: EventName) {
  const type = `contact-import.${name}.v1`
  return {
    name: type,
    title: `Import ${name}`,
    summary: summaries[name],
    contentType: 'application/cloudevents+json',
    headers: {
      type: 'object',
      required: ['Nats-Msg-Id'],
      properties: { 'Nats-Msg-Id': { type: 'string', description: 'the id of the event' } },
    },
    payload: {
      allOf: [
        { $ref: '#/components/schemas/ImportEvent' },
        { type: 'object', properties: { type: { const: type } } },
      ],
    },
    ...(name === 'progress' && {
      examples: [{ name: 'halfway', payload: examples.ImportEvent }],
    }),
  }
}

function nameOf(schema: TSchema): string {
  return (schema as { $id?: string }).$id ?? ''
}

/** A schema as a component: named by its place, and pointing to the other components. */
function toComponent(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(toComponent)
  if (schema === null || typeof schema !== 'object') return schema
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => key !== '$id')
      .map(([key, value]) =>
        key === '$ref'
          ? [key, `#/components/schemas/${String(value).replace(/#$/, '')}`]
          : [key, toComponent(value)],
      ),
  )
}
