/** Campaigns and the assignment of a whole import to one. */
import { type Static, Type } from 'typebox'
import { campaignNameCharactersMax } from '../limits.ts'
import { ImportId } from './import.ts'
import { DecimalId, lineOfText, nullable, page, ref, Timestamp } from './schema.ts'

const Name = lineOfText(campaignNameCharactersMax)

export const Campaign = Type.Object(
  {
    id: DecimalId,
    name: Name,
    contacts: Type.Integer({ minimum: 0, description: 'contacts assigned' }),
    createdBy: Type.String(),
    createdAt: Timestamp,
  },
  { $id: 'Campaign', additionalProperties: false },
)

export const CampaignPage = page(ref(Campaign), 'CampaignPage')

export const CampaignCreation = Type.Object(
  { name: Name },
  { $id: 'CampaignCreation', additionalProperties: false },
)

export const AssignmentRequest = Type.Object(
  { importId: ImportId },
  { $id: 'AssignmentRequest', additionalProperties: false },
)

export const assignmentStatuses = [
  'queued',
  'running',
  'waiting',
  'completed',
  'failed',
  'removing',
] as const

export type AssignmentStatus = (typeof assignmentStatuses)[number]

export const Assignment = Type.Object(
  {
    id: DecimalId,
    campaignId: DecimalId,
    importId: ImportId,
    status: Type.Unsafe<AssignmentStatus>({
      type: 'string',
      enum: [...assignmentStatuses],
      description:
        '`queued`: it has not begun · `running`: contacts are being added, or it follows an import that runs · ' +
        '`waiting`: all contacts that the import has are in, and the import stands still but may go on · ' +
        '`completed`: the whole import is in · `failed`: it took its worker down again and again; the same call ' +
        'once more goes on with it · `removing`: its places are being taken out',
    }),
    assigned: Type.Integer({
      minimum: 0,
      description: 'contacts that it added and that are still in',
    }),
    alreadyThere: Type.Integer({ minimum: 0, description: 'contacts that were in before' }),
    progress: Type.Object(
      {
        percent: Type.Number({
          minimum: 0,
          maximum: 100,
          description:
            'of the rows of the import, 100 only when completed; of a removal, of its places',
        }),
      },
      { additionalProperties: false },
    ),
    createdBy: Type.String(),
    createdAt: Timestamp,
    finishedAt: nullable(Timestamp),
  },
  { $id: 'Assignment', additionalProperties: false },
)

export const AssignmentPage = page(ref(Assignment), 'AssignmentPage')

export type Campaign = Static<typeof Campaign>
export type CampaignPage = Static<typeof CampaignPage>
export type Assignment = Static<typeof Assignment>
export type AssignmentPage = Static<typeof AssignmentPage>
