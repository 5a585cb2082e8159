/**
 * The services that the HTTP layer calls: one function for each call of the API.
 * `wire.ts` binds them to `imports/` and `contacts/`. Every function answers within the caller's tenant
 * and throws `AppError`; another tenant's id is `not-found`.
 */
import type { Locale } from '../errors.ts'
import type { Caller } from './caller.ts'
import type { Assignment, AssignmentPage, Campaign, CampaignPage } from './campaign.ts'
import type { Case, CaseChange, CasePage, CaseStatus } from './case.ts'
import type { Contact, ContactFieldItem, ContactPage } from './contact.ts'
import type {
  ContactFieldChange,
  ContactFieldCreation,
  ContactFieldUsage,
} from './custom-fields.ts'
import type { ImportEvent } from './events.ts'
import type { FindingList } from './findings.ts'
import type {
  Import,
  ImportPage,
  ImportSnapshot,
  ImportStatus,
  Preview,
  RowIssuePage,
} from './import.ts'
import type { ImportedRow } from './imported-row.ts'
import type { MappingAnswer, MappingRequest, MappingSuggestion } from './mapping.ts'
import type { MappingTemplate, MappingTemplatePage, TemplateRequest } from './mapping-template.ts'
import type { Reconciliation, RowOutcome } from './row-outcomes.ts'
import type { Run } from './run-state.ts'

export interface PageQuery {
  readonly limit?: number
  readonly cursor?: string
}

export interface RunQuery {
  /** whose rows are meant; by default those of the import */
  readonly run?: Run
}

/** A received file in the scratch folder; disposing removes it. */
export interface SpooledFile extends AsyncDisposable {
  readonly path: string
  readonly sizeBytes: number
  /** lower-case hexadecimal */
  readonly sha256: string
}

export interface Upload {
  readonly file: SpooledFile
  readonly fileName: string
  readonly name?: string
  readonly idempotencyKey?: string
  /** Maps the import at once; what is wrong with it refuses the upload. */
  readonly mapping?: MappingRequest
  /** The import whose rows it corrects, as the caller names it: by this the upload is a correction. */
  readonly corrects?: string
  /** Starts it at once, by that mapping. */
  readonly start?: boolean
}

/**
 * One message of an event stream: states of imports at the beginning, then one `ready`, then events. A stream
 * that goes on after the last event that its reader saw is `resumed`, and shows no states.
 */
export type StreamMessage =
  | { readonly kind: 'state'; readonly state: ImportSnapshot }
  | { readonly kind: 'ready'; readonly resumed: boolean }
  | { readonly kind: 'event'; readonly event: ImportEvent }

export interface FollowQuery {
  readonly importId?: string
  /** `<importId>:<seq>` of the last event the reader saw */
  readonly lastEventId?: string
}

export interface SheetQuery {
  readonly sheet?: string
  /** the row that holds column names, true for row 1; false where none does; by default the proposed one */
  readonly headerRow?: boolean | number
}

/** `row`: its number in the sheet. */
export interface RowOfImport {
  readonly id: string
  readonly row: number
}

/** Which rows with refused cells: those that they kept out, those that came in without them, or both. */
export const issueOutcomes = ['rejected', 'blanked', 'all'] as const

export type IssueOutcome = (typeof issueOutcomes)[number]

/** A workbook that is made while its bytes are taken, at the pace of whoever takes them. */
export interface SheetDownload {
  readonly fileName: string
  readonly bytes: AsyncIterable<Uint8Array>
}

export interface ImportService {
  /** Streams the file to scratch, hashing and counting; `file-too-large` beyond the cap. */
  spool(source: AsyncIterable<Uint8Array>): Promise<SpooledFile>
  /** Inspects the spooled file and keeps it with a new import. Does not dispose the file. */
  accept(caller: Caller, upload: Upload, locale: Locale, signal: AbortSignal): Promise<Import>
  list(
    caller: Caller,
    query: PageQuery & { readonly status?: ImportStatus; readonly name?: string },
    locale: Locale,
  ): Promise<ImportPage>
  get(caller: Caller, id: string, locale: Locale): Promise<Import>
  rename(caller: Caller, id: string, name: string, locale: Locale): Promise<Import>
  remove(caller: Caller, id: string, locale: Locale): Promise<Import>
  preview(
    caller: Caller,
    id: string,
    query: SheetQuery & { readonly rows?: number },
    locale: Locale,
  ): Promise<Preview>
  getMapping(caller: Caller, id: string, locale: Locale): Promise<MappingAnswer>
  putMapping(
    caller: Caller,
    id: string,
    request: MappingRequest,
    locale: Locale,
  ): Promise<MappingAnswer>
  suggestMapping(
    caller: Caller,
    id: string,
    query: SheetQuery,
    locale: Locale,
  ): Promise<MappingSuggestion>
  /** `template-name-taken` when the tenant has one of that name, `templates-too-many` when it has its share. */
  createTemplate(caller: Caller, request: TemplateRequest): Promise<MappingTemplate>
  listTemplates(caller: Caller, query: PageQuery): Promise<MappingTemplatePage>
  getTemplate(caller: Caller, id: string): Promise<MappingTemplate>
  /** Puts another name and content in its place; imports that were mapped by it keep their mappings. */
  replaceTemplate(caller: Caller, id: string, request: TemplateRequest): Promise<MappingTemplate>
  removeTemplate(caller: Caller, id: string): Promise<void>
  /** Queues a validation; one that is under way goes on. */
  validate(caller: Caller, id: string, locale: Locale): Promise<Import>
  /** `validation-not-running` when none is under way. */
  cancelValidation(caller: Caller, id: string, locale: Locale): Promise<Import>
  start(caller: Caller, id: string, locale: Locale): Promise<Import>
  cancel(caller: Caller, id: string, locale: Locale): Promise<Import>
  /** A new import of the same stored file, with the mapping of this one as its suggestion. */
  copy(caller: Caller, id: string, locale: Locale): Promise<Import>
  /** The rows with refused cells, to be corrected. */
  writeIssueSheet(
    caller: Caller,
    id: string,
    wish: { readonly outcome: IssueOutcome; readonly locale: Locale },
  ): Promise<SheetDownload>
  listFindings(caller: Caller, id: string, query: RunQuery, locale: Locale): Promise<FindingList>
  listIssues(
    caller: Caller,
    id: string,
    query: PageQuery & RunQuery,
    locale: Locale,
  ): Promise<RowIssuePage>
  /** Rejects with the reason of `signal` when that aborts. */
  getRow(
    caller: Caller,
    wish: RowOfImport & { readonly locale: Locale; readonly signal: AbortSignal },
  ): Promise<ImportedRow>
  /**
   * Mends refused cells: a rejected row becomes a contact, a blanked one gets its missing values. Gives the row as it is
   * then, and rejects with the reason of `signal` when that aborts.
   */
  repairRow(
    caller: Caller,
    wish: RowOfImport & {
      readonly values: Readonly<Record<string, string | null>>
      readonly idempotencyKey: string | undefined
      readonly locale: Locale
      readonly signal: AbortSignal
    },
  ): Promise<ImportedRow>
  /** A rejected row that is not wanted is skipped; the same once more changes nothing. */
  removeRow(
    caller: Caller,
    deletion: RowOfImport & { readonly idempotencyKey: string | undefined },
  ): Promise<void>
  /** From `fromRow` on, in the order of rows, many at a time. Pull-based: whoever takes them sets the pace. */
  listOutcomes(
    caller: Caller,
    id: string,
    query: { readonly fromRow?: number },
  ): AsyncIterable<readonly RowOutcome[]>
  /** The same as a workbook. */
  writeOutcomeSheet(
    caller: Caller,
    id: string,
    query: { readonly fromRow?: number },
  ): Promise<SheetDownload>
  /** Counts the rows of the import again. Rejects with the reason of `signal` when that aborts. */
  reconcile(caller: Caller, id: string, signal: AbortSignal): Promise<Reconciliation>
  /** Ends when `signal` aborts. Pull-based: a reader that waits makes it wait. */
  follow(caller: Caller, query: FollowQuery, signal: AbortSignal): AsyncIterable<StreamMessage>
}

export interface ContactService {
  listFields(caller: Caller, locale: Locale): Promise<ContactFieldItem[]>
  /** `contact-field-taken` when there is one of that key, `contact-fields-too-many` when the tenant has its share. */
  createField(
    caller: Caller,
    creation: ContactFieldCreation,
    locale: Locale,
  ): Promise<ContactFieldItem>
  /** `contact-field-built-in` for a field that every tenant has, here and in the next two. */
  changeField(
    caller: Caller,
    key: string,
    change: ContactFieldChange,
    locale: Locale,
  ): Promise<ContactFieldItem>
  /** The field is gone at once; its values are taken from their contacts in the background. */
  removeField(caller: Caller, key: string, locale: Locale): Promise<ContactFieldItem>
  readFieldUsage(caller: Caller, key: string): Promise<ContactFieldUsage>
  listContacts(
    caller: Caller,
    query: PageQuery & {
      readonly importIds?: readonly string[]
      readonly q?: string
      /** values of custom fields that they hold, by the names of the fields: `field.segment` */
      readonly custom?: Readonly<Record<string, string>>
    },
  ): Promise<ContactPage>
  getContact(caller: Caller, id: string): Promise<Contact>
  createCase(caller: Caller, contactId: string, subject: string): Promise<Case>
  listCases(
    caller: Caller,
    query: PageQuery & {
      readonly contactId?: string
      readonly importIds?: readonly string[]
      readonly status?: CaseStatus
    },
  ): Promise<CasePage>
  changeCase(caller: Caller, id: string, change: CaseChange): Promise<Case>
  createCampaign(caller: Caller, name: string): Promise<Campaign>
  listCampaigns(caller: Caller, query: PageQuery): Promise<CampaignPage>
  /** Queues the assignment of a whole import; the same once more answers the same assignment. */
  assignImport(caller: Caller, campaignId: string, importId: string): Promise<Assignment>
  listAssignments(caller: Caller, campaignId: string, query: PageQuery): Promise<AssignmentPage>
  getAssignment(caller: Caller, campaignId: string, id: string): Promise<Assignment>
  /** Takes out again, in the background, what the assignment put in. */
  removeAssignment(caller: Caller, campaignId: string, id: string): Promise<Assignment>
  listCampaignContacts(caller: Caller, campaignId: string, query: PageQuery): Promise<ContactPage>
}

/** The metrics of the process as monitoring reads them. */
export interface Metrics {
  read(): Promise<{ contentType: string; text: string }>
}

/** Whether requests should come to this process: PostgreSQL answers, and nobody told the process to end. */
export interface Readiness {
  /** told to end: the process still answers, and asks clients to connect elsewhere */
  readonly ending: boolean
  check(): Promise<{ ready: boolean; reason?: string }>
}
