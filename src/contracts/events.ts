/** Events: CloudEvents 1.0 in structured JSON, gapless per import. */
import { type Static, Type } from 'typebox'
import { ImportId, ImportSnapshot } from './import.ts'
import { ref, Timestamp } from './schema.ts'

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
  'deleted',
] as const

export type EventName = (typeof eventNames)[number]

export const ImportEvent = Type.Object(
  {
    specversion: Type.Literal('1.0'),
    id: Type.String({ description: '<importId>:<seq>, seq counts from 1 without gaps' }),
    source: Type.Literal('contact-import'),
    type: Type.Unsafe<`contact-import.${EventName}.v1`>({
      type: 'string',
      enum: eventNames.map(name => `contact-import.${name}.v1`),
    }),
    subject: ImportId,
    time: Timestamp,
    datacontenttype: Type.Literal('application/json'),
    tenant: Type.String({ description: 'CloudEvents extension attribute: the tenant' }),
    data: ref(ImportSnapshot),
  },
  { $id: 'ImportEvent', additionalProperties: false },
)

export type ImportEvent = Static<typeof ImportEvent>
