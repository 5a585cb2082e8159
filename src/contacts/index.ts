/** The contact service: each call of the contract bound to the function that does it. */
import type { ContactService } from '../contracts/services.ts'
import { assignImport, getAssignment, listAssignments, removeAssignment } from './assignments.ts'
import { createCampaign, listCampaignContacts, listCampaigns } from './campaigns.ts'
import { changeCase, createCase, listCases } from './cases.ts'
import {
  changeContactField,
  createContactField,
  listContactFields,
  readFieldUsage,
  removeContactField,
} from './contact-fields.ts'
import { getContact, listContacts } from './contacts.ts'
import type { ContactContext } from './context.ts'

export function createContactService(context: ContactContext): ContactService {
  return {
    listFields: (caller, locale) => listContactFields(context, caller, locale),
    createField: (caller, creation, locale) =>
      createContactField(context, caller, creation, locale),
    changeField: (caller, key, change, locale) =>
      changeContactField(context, caller, { key, locale }, change),
    removeField: (caller, key, locale) => removeContactField(context, caller, { key, locale }),
    readFieldUsage: (caller, key) => readFieldUsage(context, caller, key),
    listContacts: (caller, query) => listContacts(context, caller, query),
    getContact: (caller, id) => getContact(context, caller, id),
    createCase: (caller, contactId, subject) => createCase(context, caller, contactId, subject),
    listCases: (caller, query) => listCases(context, caller, query),
    changeCase: (caller, id, change) => changeCase(context, caller, id, change),
    createCampaign: (caller, name) => createCampaign(context, caller, name),
    listCampaigns: (caller, query) => listCampaigns(context, caller, query),
    assignImport: (caller, campaignId, importId) =>
      assignImport(context, caller, campaignId, importId),
    listAssignments: (caller, campaignId, query) =>
      listAssignments(context, caller, campaignId, query),
    getAssignment: (caller, campaignId, id) => getAssignment(context, caller, campaignId, id),
    removeAssignment: (caller, campaignId, id) => removeAssignment(context, caller, campaignId, id),
    listCampaignContacts: (caller, campaignId, query) =>
      listCampaignContacts(context, caller, campaignId, query),
  }
}
