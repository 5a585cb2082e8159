/** Campaigns and the assignment of a whole import to one. */
import { type Static, Type } from 'typebox'
import { campaignNameCharactersMax } from '../limits.ts'
import { ImportId } from './import.ts'
import { DecimalId, lineOfText, page, ref, Timestamp } from './schema.ts'

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

export const Assignment = Type.Object(
  {
    campaignId: DecimalId,
    importId: ImportId,
    assigned: Type.Integer({ minimum: 0, description: 'contacts that this call added' }),
    alreadyAssigned: Type.Integer({ minimum: 0, description: 'contacts that were in before' }),
  },
  { $id: 'Assignment', additionalProperties: false },
)

export type Campaign = Static<typeof Campaign>
export type CampaignPage = Static<typeof CampaignPage>
export type Assignment = Static<typeof Assignment>
