/** Cases: matters that people handle for a contact. */
import { type Static, Type } from 'typebox'
import { caseSubjectCharactersMax } from '../limits.ts'
import { ImportId } from './import.ts'
import { DecimalId, lineOfText, nullable, page, ref, Timestamp } from './schema.ts'

export const caseStatuses = ['open', 'closed'] as const
export type CaseStatus = (typeof caseStatuses)[number]

export const CaseStatusSchema = Type.Unsafe<CaseStatus>({ type: 'string', enum: [...caseStatuses] })

const Subject = lineOfText(caseSubjectCharactersMax)

export const Case = Type.Object(
  {
    id: DecimalId,
    contactId: DecimalId,
    importId: ImportId,
    subject: Subject,
    status: CaseStatusSchema,
    createdBy: Type.String(),
    createdAt: Timestamp,
    changedBy: nullable(
      Type.String({ description: 'claim `sub` of the caller who changed it last' }),
    ),
    closedAt: nullable(Timestamp),
  },
  { $id: 'Case', additionalProperties: false },
)

export const CasePage = page(ref(Case), 'CasePage')

export const CaseCreation = Type.Object(
  { subject: Subject },
  { $id: 'CaseCreation', additionalProperties: false },
)

export const CaseChange = Type.Object(
  { status: Type.Optional(CaseStatusSchema), subject: Type.Optional(Subject) },
  { $id: 'CaseChange', additionalProperties: false, minProperties: 1 },
)

export type Case = Static<typeof Case>
export type CasePage = Static<typeof CasePage>
export type CaseChange = Static<typeof CaseChange>
