/** Events: CloudEvents 1.0 in structured JSON, gapless per import. */
import { type Static, Type } from 'typebox'
import { Assignment } from './campaign.ts'
import { ImportId, ImportProgress, ImportSnapshot, ValidationProgress } from './import.ts'
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
  'assigned',
  'corrected',
  'validation-started',
  'validation-progress',
  'validation-completed',
  'validation-failed',
  'validation-cancelled',
  'deleting',
  'deleted',
] as const

export type EventName = (typeof eventNames)[number]

/** Events whose data is not the plain import: those that come often, and those that tell of an assignment. */
const otherwise = ['progress', 'validation-progress', 'assigned'] as const

/** The attribute `type` of events of these names. */
function eventTypes<Name extends EventName>(names: readonly Name[]) {
  return Type.Unsafe<`contact-import.${Name}.v1`>({
    type: 'string',
    enum: names.map(name => `contact-import.${name}.v1`),
  })
}

const isPlain = (name: EventName): name is Exclude<EventName, (typeof otherwise)[number]> =>
  !(otherwise as readonly EventName[]).includes(name)

/** The data of an event `assigned`: the import, and the assignment that has caught up with it. */
export const ImportAssigned = Type.Object(
  { ...ImportSnapshot.properties, assignment: ref(Assignment) },
  { $id: 'ImportAssigned', additionalProperties: false },
)

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
      { ...attributes, type: eventTypes(eventNames.filter(isPlain)), data: ref(ImportSnapshot) },
      { additionalProperties: false },
    ),
    Type.Object(
      { ...attributes, type: eventTypes(['progress']), data: ref(ImportProgress) },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        ...attributes,
        type: eventTypes(['validation-progress']),
        data: ref(ValidationProgress),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      { ...attributes, type: eventTypes(['assigned']), data: ref(ImportAssigned) },
      { additionalProperties: false },
    ),
  ],
  { $id: 'ImportEvent' },
)

export type ImportEvent = Static<typeof ImportEvent>
export type ImportAssigned = Static<typeof ImportAssigned>
