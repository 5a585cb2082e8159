/** One example of each shape that a front end meets, shown in the document; tests hold them to the schemas. */
import type { Assignment, Campaign } from './campaign.ts'
import type { Case } from './case.ts'
import type { Contact, ContactFieldItem } from './contact.ts'
import type { ContactFieldCreation } from './custom-fields.ts'
import type { ImportEvent } from './events.ts'
import type { FindingItem } from './findings.ts'
import type {
  Import,
  ImportProgress,
  ImportSnapshot,
  ListedImport,
  Preview,
  RowIssueItem,
  ValidationProgress,
} from './import.ts'
import type { ImportedRow } from './imported-row.ts'
import {
  completeMapping,
  type MappingAnswer,
  type MappingSuggestion,
  type WholeMappingRequest,
  withoutDescription,
} from './mapping.ts'
import type { MappingTemplate, TemplateRequest } from './mapping-template.ts'
import { mappingWarning } from './mapping-warnings.ts'
import type { Reconciliation, RowOutcome } from './row-outcomes.ts'
import { headerRowReason } from './sheet-description.ts'
import { type SuggestionReason, suggestionReasonText } from './suggestion-reasons.ts'
import type { Validation } from './validation.ts'

const importId = '0198c0de-7a10-7c44-9d2e-3f5b8a6c1e02'

const mappingRequest: WholeMappingRequest = {
  headerRow: true,
  columns: [
    { column: 1, field: 'firstName' },
    { column: 2, field: 'lastName' },
    { column: 3, field: 'phone' },
  ],
  region: 'PL',
}

const mapping: MappingAnswer = {
  ...completeMapping({ ...withoutDescription(mappingRequest), sheet: 'Klienci', region: 'PL' }),
  unmappedFields: ['companyName', 'email', 'city'],
  warnings: [
    mappingWarning(
      'values-refused',
      'en',
      { column: 3, field: 'phone', share: 0.62 },
      { letter: 'C', label: 'Phone' },
    ),
  ],
}

const templateRequest: TemplateRequest = {
  name: 'Export of the shop',
  columns: [
    { name: 'Imię', field: 'firstName' },
    { name: 'Nazwisko', field: 'lastName' },
    { name: 'Telefon', field: 'phone' },
  ],
  region: 'PL',
}

const template: MappingTemplate = {
  id: '5',
  ...templateRequest,
  createdBy: 'anna',
  createdAt: '2026-01-31T12:05:00.000Z',
  changedBy: null,
  changedAt: null,
}

const validation: Validation = {
  status: 'completed',
  rows: {
    total: 20_000,
    processed: 20_000,
    created: 19_920,
    updated: 0,
    skipped: 11,
    rejected: 69,
    remaining: 0,
  },
  findings: { repaired: 517, noted: 21, blanked: 94 },
  progress: { percent: 100, rowsPerSecond: null, etaSeconds: null, queuePosition: null },
  failure: null,
  startedAt: '2026-01-31T12:00:40.000Z',
  finishedAt: '2026-01-31T12:00:40.400Z',
  stale: false,
}

const summary = {
  id: importId,
  name: 'Klienci 2026',
  kind: 'import',
  corrects: null,
  status: 'running',
  file: { name: 'Klienci 2026.xlsx', sizeBytes: 1_843_200, sha256: '9f86d081884c7d65'.repeat(4) },
  rows: {
    total: 20_000,
    processed: 12_000,
    created: 11_950,
    updated: 0,
    skipped: 8,
    rejected: 42,
    remaining: 8_000,
  },
  findings: { repaired: 310, noted: 12, blanked: 57 },
  progress: { percent: 60, rowsPerSecond: 24_000, etaSeconds: 0.3, queuePosition: null },
  failure: null,
  result: null,
  readings: [{ version: 3, fromRow: 2 }],
  createdBy: 'anna',
  createdAt: '2026-01-31T12:00:00.000Z',
  startedAt: '2026-01-31T12:01:10.000Z',
  finishedAt: null,
} satisfies Omit<ImportSnapshot, 'validation'>

const snapshot: ImportSnapshot = { ...summary, validation }

const { unmappedFields: _, warnings: __, ...storedMapping } = mapping

const listedImport: ListedImport = { ...summary, mapping: storedMapping }

const runningImport: Import = {
  ...listedImport,
  validation,
  sheets: [{ name: 'Klienci', rows: 20_001, columns: 12, hidden: false, unreadable: false }],
  warnings: [],
  proposedSheet: 'Klienci',
  proposedHeaderRow: 1,
  headerRowReason: headerRowReason('known-names', 'en'),
}

const { id, name, status, rows, findings, progress, startedAt } = summary
const importProgress: ImportProgress = { id, name, status, rows, findings, progress, startedAt }

const validationProgress: ValidationProgress = {
  ...importProgress,
  status: 'mapped',
  rows: { ...rows, processed: 0, created: 0, skipped: 0, rejected: 0, remaining: rows.total },
  findings: { repaired: 0, noted: 0, blanked: 0 },
  progress: { percent: 0, rowsPerSecond: null, etaSeconds: null, queuePosition: null },
  startedAt: null,
  validation: {
    ...validation,
    status: 'running',
    progress: { percent: 62.5, rowsPerSecond: 52_000, etaSeconds: 1, queuePosition: null },
    rows: {
      ...validation.rows,
      processed: 12_500,
      created: 12_431,
      rejected: 58,
      remaining: 7_500,
    },
    finishedAt: null,
  },
}

const event: ImportEvent = {
  specversion: '1.0',
  id: `${importId}:5`,
  source: 'contact-import',
  type: 'contact-import.progress.v1',
  subject: importId,
  time: '2026-01-31T12:01:10.500Z',
  datacontenttype: 'application/json',
  tenant: 'acme',
  actor: null,
  data: importProgress,
}

const preview: Preview = {
  sheet: 'Klienci',
  headerRow: true,
  proposedHeaderRow: 1,
  headerRowReason: headerRowReason('known-names', 'en'),
  columns: [
    {
      ...{ column: 1, letter: 'A', name: 'Imię', filled: 1, distinct: 212 },
      kind: { code: 'given-name', share: 0.93 },
      findings: [],
    },
    {
      ...{ column: 2, letter: 'B', name: 'Nazwisko', filled: 1, distinct: 840 },
      kind: null,
      findings: [],
    },
    {
      ...{ column: 3, letter: 'C', name: 'Telefon', filled: 0.97, distinct: 961 },
      kind: { code: 'phone', share: 0.99 },
      findings: [{ code: 'phone-invalid', count: 9, example: { cell: 'C17', value: '12 34' } }],
    },
  ],
  rows: [
    ['Łucja', 'Żak', '48501234567'],
    ['Jan', 'Nowak', null],
  ],
}

const because = (reason: SuggestionReason) => ({
  reason,
  message: suggestionReasonText(reason, 'en'),
})

const suggestion: MappingSuggestion = {
  sheet: 'Klienci',
  headerRow: true,
  region: 'PL',
  regionShare: 0.99,
  columns: [
    { column: 1, name: 'Imię', field: 'firstName', confidence: 1, ...because('header-synonym') },
    { column: 2, name: 'Segment', field: null, confidence: 0, ...because('none') },
  ],
}

const rowIssue: RowIssueItem = {
  row: 17,
  column: 3,
  cell: 'C17',
  field: 'phone',
  code: 'phone-invalid',
  outcome: 'rejected',
  value: '12 34',
  message:
    'C17: "12 34" is not a phone number that can be called (Phone). Write the whole number, one from abroad with + and its country code.',
}

const importedRow: ImportedRow = {
  row: 17,
  outcome: 'rejected',
  cells: [
    { cell: 'A17', column: 1, name: 'Imię', type: 'string', value: 'Anna', field: 'firstName' },
    { cell: 'B17', column: 2, name: 'Nazwisko', type: null, value: null, field: 'lastName' },
    { cell: 'C17', column: 3, name: 'Telefon', type: 'string', value: '12 34', field: 'phone' },
  ],
  issues: [rowIssue],
  discarded: null,
}

const finding: FindingItem = {
  column: 3,
  field: 'phone',
  code: 'phone-words-dropped',
  outcome: 'repaired',
  count: 310,
  cells: [{ row: 4, cell: 'C4', value: 'tel. 501 234 567', result: '+48501234567' }],
  message: 'Phone: words beside the number were left out.',
}

const contact: Contact = {
  id: '1024',
  importId,
  rowNumber: 2,
  firstName: 'Łucja',
  lastName: 'Żak',
  fullName: null,
  title: null,
  companyName: null,
  position: null,
  phone: '+48501234567',
  phone2: null,
  phone3: null,
  email: 'lucja.zak@example.com',
  email2: null,
  email3: null,
  website: null,
  language: null,
  street: 'Polna',
  houseNumber: '3',
  apartmentNumber: null,
  postalCode: '00-625',
  city: 'Warszawa',
  region: null,
  country: null,
  taxId: null,
  businessId: null,
  nationalId: null,
  birthDate: '1990-12-31',
  gender: 'female',
  consentPhone: true,
  consentEmail: null,
  consentAt: '2026-01-15',
  externalId: null,
  notes: null,
  custom: { segment: 'gold' },
  createdAt: '2026-01-31T12:01:10.000Z',
}

const segmentLabels = { en: 'Segment', pl: 'Segment' }
const gold = { value: 'gold', labels: { en: 'Gold', pl: 'Złoty' } }

const contactField: ContactFieldItem = {
  key: 'segment',
  field: 'field.segment',
  label: 'Segment',
  labels: segmentLabels,
  kind: 'choice',
  type: 'choice',
  group: 'own',
  lengthMax: 100,
  example: 'gold',
  builtIn: false,
  choices: [gold],
  required: false,
}

const contactFieldCreation: ContactFieldCreation = {
  key: 'segment',
  type: 'choice',
  labels: segmentLabels,
  choices: [gold],
}

const openCase: Case = {
  id: '7',
  contactId: contact.id,
  importId,
  subject: 'Asks for a call back',
  status: 'open',
  createdBy: 'anna',
  createdAt: '2026-02-01T09:00:00.000Z',
  changedBy: null,
  closedAt: null,
}

const campaign: Campaign = {
  id: '3',
  name: 'Spring offer',
  contacts: 19_950,
  createdBy: 'anna',
  createdAt: '2026-02-01T08:00:00.000Z',
}

const assignment: Assignment = {
  id: '12',
  campaignId: '3',
  importId,
  status: 'running',
  assigned: 11_950,
  alreadyThere: 0,
  progress: { percent: 60 },
  createdBy: 'anna',
  createdAt: '2026-02-01T08:05:00.000Z',
  finishedAt: null,
}

const rowOutcome: RowOutcome = {
  row: 17,
  outcome: 'created',
  contactId: '1024',
  codes: ['phone-invalid'],
}

const reconciliation: Reconciliation = {
  verdict: 'ok',
  status: 'completed',
  ledger: {
    total: 20_000,
    processed: 20_000,
    created: 19_692,
    updated: 0,
    skipped: 8,
    rejected: 300,
    remaining: 0,
    blanked: 57,
  },
  counted: {
    total: 20_000,
    processed: 20_000,
    created: 19_692,
    updated: 0,
    skipped: 8,
    rejected: 300,
    unknown: 0,
    blanked: 57,
  },
  missing: 0,
  surplus: 0,
  missingRows: [],
  surplusRows: [],
}

/** By the name of the schema. */
export const examples: Readonly<Record<string, unknown>> = {
  Import: runningImport,
  ListedImport: listedImport,
  ImportProgress: importProgress,
  ImportSnapshot: snapshot,
  ValidationProgress: validationProgress,
  ImportEvent: event,
  ImportRename: { name: 'Klienci 2026 (poprawione)' },
  Preview: preview,
  MappingRequest: mappingRequest,
  MappingAnswer: mapping,
  MappingSuggestion: suggestion,
  TemplateRequest: templateRequest,
  MappingTemplate: template,
  RowIssue: rowIssue,
  ImportedRow: importedRow,
  RowRepair: { values: { phone: '+48 501 234 567' } },
  FindingItem: finding,
  RowOutcome: rowOutcome,
  Reconciliation: reconciliation,
  Contact: contact,
  ContactField: contactField,
  ContactFieldCreation: contactFieldCreation,
  ContactFieldChange: { labels: segmentLabels, required: true },
  ContactFieldUsage: { key: 'segment', contacts: 18_200 },
  Case: openCase,
  CaseCreation: { subject: openCase.subject },
  CaseChange: { status: 'closed' },
  Campaign: campaign,
  CampaignCreation: { name: campaign.name },
  AssignmentRequest: { importId },
  Assignment: assignment,
}
