/** Events: CloudEvents 1.0 in structured JSON, gapless per import. */
import { type Static, Type } from 'typebox'
import { ImportId, ImportProgress, ImportSnapshot } from './import.ts'
import { nullable, ref, Timestamp } from './schema.ts'

export const eventNames = [
  'uploaded',
  'mapped',
  'queued',
  'started',
  'progress',
  'completed',
  'failed',
  'cancelled',
  'renamed',
  'deleting',
  'deleted',
] as const

export type EventName = (typeof eventNames)[number]

/** The events that come often and carry the few members that change. */
type FrequentEventName = 'progress'

/** The attribute `type` of events of these names. */
function eventTypes<Name extends EventName>(names: readonly Name[]) {
  return Type.Unsafe<`contact-import.${Name}.v1`>({
    type: 'string',
    enum: names.map(name => `contact-import.${name}.v1`),
  })
}

const isRare = (name: EventName): name is Exclude<EventName, FrequentEventName> =>
  name !== 'progress'

const attributes = {
  specversion: Type.Literal('1.0'),
  id: Type.String({ description: '<importId>:<seq>, seq counts from 1 without gaps' }),
  source: Type.Literal('contact-import'),
  subject: ImportId,
  time: Timestamp,
  datacontenttype: Type.Literal('application/json'),
  tenant: Type.String({ description: 'CloudEvents extension attribute: the tenant' }),
  actor: nullable(
    Type.String({
      description:
        'CloudEvents extension attribute: claim `sub` of the caller who made the change; null: the service itself',
    }),
  ),
}

export const ImportEvent = Type.Union(
  [
    Type.Object(
      { ...attributes, type: eventTypes(eventNames.filter(isRare)), data: ref(ImportSnapshot) },
      { additionalProperties: false },
    ),
    Type.Object(
      { ...attributes, type: eventTypes(['progress']), data: ref(ImportProgress) },
      { additionalProperties: false },
    ),
  ],
  { $id: 'ImportEvent' },
)

export type ImportEvent = Static<typeof ImportEvent>
