/**
 * Small services behind the HTTP layer for tests of the protocol itself: uploads are spooled for real, what was
 * accepted is kept in memory, and event streams are fed by the test. They decide nothing about sheets or contacts.
 */
import { readdir } from 'node:fs/promises'
import type { Test } from 'tap'
import type { Caller } from '../../src/contracts/caller.ts'
import { examples } from '../../src/contracts/examples.ts'
import type { Import } from '../../src/contracts/import.ts'
import type { RowOutcome } from '../../src/contracts/row-outcomes.ts'
import type {
  ContactService,
  FollowQuery,
  ImportService,
  Readiness,
  StreamMessage,
  Upload,
} from '../../src/contracts/services.ts'
import { AppError } from '../../src/errors.ts'
import { type AppOptions, buildApp } from '../../src/http/app.ts'
import { createVerifier } from '../../src/http/auth.ts'
import { signToken, type TokenRequest } from '../../src/http/sign-token.ts'
import type { ImportContext } from '../../src/imports/context.ts'
import { spoolUpload } from '../../src/imports/upload/spool-upload.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'

export const secret = 'a secret that is long enough for HS256'

/** The import that the services know; it belongs to tenant `acme`. */
export const knownImport = examples.Import as Import

export interface AcceptedUpload extends Omit<Upload, 'file'> {
  readonly tenantId: string
  readonly sizeBytes: number
  readonly sha256: string
}

type Feed = (query: FollowQuery, signal: AbortSignal) => AsyncIterable<StreamMessage>

export interface Bench {
  readonly accepted: AcceptedUpload[]
  /** What the next readers of event streams are given. */
  feed: Feed
  /** What became of the rows of the known import. */
  outcomes: () => AsyncIterable<readonly RowOutcome[]>
  /** Called inside `accept`, before the upload is kept. */
  beforeAccept: (signal: AbortSignal) => Promise<void>
  /** Thrown by reading an import, when set. */
  fault: unknown
  ready: boolean
  /** told to end, and still serving */
  ending: boolean
  listScratch(): Promise<string[]>
}

interface Given extends Partial<Pick<AppOptions, 'limits' | 'logger' | 'auth' | 'servesApi'>> {
  /** what the spool takes, when it is not what the parser takes */
  readonly spoolBytesMax?: number
}

/** An application over such services; it is closed when the test ends. */
export async function buildTestApp(t: Test, given: Given = {}) {
  const folder = makeScratchFolder(t)
  const bench: Bench = {
    accepted: [],
    feed: async function* () {},
    outcomes: async function* () {
      yield [{ row: 2, outcome: 'created', contactId: '1024', codes: [] }]
    },
    beforeAccept: async () => {},
    fault: undefined,
    ready: true,
    ending: false,
    listScratch: () => readdir(folder),
  }
  const uploadBytesMax = given.limits?.uploadBytesMax ?? 1_000_000
  const app = await buildApp({
    imports: makeImports(bench, folder, given.spoolBytesMax ?? uploadBytesMax),
    contacts: makeContacts(),
    metrics: { read: async () => ({ contentType: 'text/plain', text: 'up 1\n' }) },
    readiness: {
      get ending() {
        return bench.ending
      },
      check: async () => ({ ready: bench.ready, reason: 'test' }),
    } satisfies Readiness,
    auth: createVerifier({ secret }),
    ...given,
    limits: { ...given.limits, uploadBytesMax },
  })
  t.teardown(() => app.close())
  return { app, bench }
}

/** An `Authorization` header; a manager of `acme` unless told otherwise. */
export async function authorize(request: Partial<TokenRequest> = {}) {
  const token = await signToken(secret, {
    tenant: 'acme',
    roles: ['manager'],
    subject: 'anna',
    ttlSeconds: 60,
    ...request,
  })
  return { authorization: `Bearer ${token}` }
}

function makeImports(bench: Bench, folder: string, uploadBytesMax: number): ImportService {
  let files = 0
  const context = {
    scratch: { newPath: () => `${folder}/${++files}` },
    config: { uploadBytesMax },
  } as unknown as ImportContext

  async function find(caller: Caller, id: string): Promise<Import> {
    if (bench.fault !== undefined) throw bench.fault
    if (caller.tenantId !== 'acme' || id !== knownImport.id) throw new AppError('not-found')
    return knownImport
  }

  const template = examples.MappingTemplate as Awaited<ReturnType<ImportService['getTemplate']>>
  return {
    spool: source => spoolUpload(context, source),
    async accept(caller, { file, ...upload }, _locale, signal) {
      await bench.beforeAccept(signal)
      const { sizeBytes, sha256 } = file
      bench.accepted.push({ ...upload, sizeBytes, sha256, tenantId: caller.tenantId })
      return knownImport
    },
    list: async () => ({ items: [knownImport], nextCursor: null }),
    get: find,
    rename: async (caller, id, name) => ({ ...(await find(caller, id)), name }),
    remove: find,
    preview: async (caller, id) => {
      await find(caller, id)
      return examples.Preview as Awaited<ReturnType<ImportService['preview']>>
    },
    getMapping: () => Promise.reject(new AppError('mapping-missing')),
    putMapping: async () => {
      throw new AppError(
        'mapping-field-twice',
        { field: 'phone' },
        {
          items: [
            { pointer: '/columns/1/field', code: 'mapping-field-twice', data: { field: 'phone' } },
          ],
        },
      )
    },
    suggestMapping: async () =>
      examples.MappingSuggestion as Awaited<ReturnType<ImportService['suggestMapping']>>,
    createTemplate: async () => template,
    listTemplates: async () => ({ items: [template], nextCursor: null }),
    getTemplate: async () => template,
    replaceTemplate: async () => template,
    removeTemplate: async () => {},
    validate: find,
    cancelValidation: find,
    start: find,
    cancel: find,
    copy: find,
    listFindings: async () => ({ items: [] }),
    listIssues: async () => ({ items: [], nextCursor: null }),
    async getRow(caller, { id }) {
      await find(caller, id)
      return examples.ImportedRow as Awaited<ReturnType<ImportService['getRow']>>
    },
    async repairRow(caller, { id }) {
      await find(caller, id)
      return examples.ImportedRow as Awaited<ReturnType<ImportService['repairRow']>>
    },
    async removeRow(caller, { id }) {
      await find(caller, id)
    },
    async writeIssueSheet(caller, id) {
      const { name } = await find(caller, id)
      async function* bytes() {
        yield Buffer.from('PK')
      }
      return { fileName: `${name} - do poprawy.xlsx`, bytes: bytes() }
    },
    async *listOutcomes(caller, id) {
      await find(caller, id)
      yield* bench.outcomes()
    },
    async writeOutcomeSheet(caller, id) {
      await find(caller, id)
      async function* bytes() {
        yield Buffer.from('PK')
      }
      return { fileName: 'outcomes.xlsx', bytes: bytes() }
    },
    async reconcile(caller, id) {
      await find(caller, id)
      return examples.Reconciliation as Awaited<ReturnType<ImportService['reconcile']>>
    },
    follow: (_caller, query, signal) => bench.feed(query, signal),
  }
}

function makeContacts(): ContactService {
  const contact = examples.Contact as Awaited<ReturnType<ContactService['getContact']>>
  const field = examples.ContactField as Awaited<ReturnType<ContactService['createField']>>
  const openCase = examples.Case as Awaited<ReturnType<ContactService['createCase']>>
  const campaign = examples.Campaign as Awaited<ReturnType<ContactService['createCampaign']>>
  const assignment = examples.Assignment as Awaited<ReturnType<ContactService['assignImport']>>
  return {
    listFields: async () => [field],
    createField: async () => field,
    changeField: async () => field,
    removeField: async () => field,
    readFieldUsage: async () => ({ key: field.key, contacts: 2 }),
    listContacts: async () => ({ items: [contact], nextCursor: null }),
    getContact: async () => contact,
    createCase: async () => openCase,
    listCases: async () => ({ items: [openCase], nextCursor: null }),
    changeCase: async () => openCase,
    createCampaign: async () => campaign,
    listCampaigns: async () => ({ items: [campaign], nextCursor: null }),
    assignImport: async () => assignment,
    listAssignments: async () => ({ items: [assignment], nextCursor: null }),
    getAssignment: async () => assignment,
    removeAssignment: async () => assignment,
    listCampaignContacts: async () => ({ items: [contact], nextCursor: null }),
  }
}
