/** The import service: binds each call of the contract to the function that does it. */
import type { ImportService } from '../contracts/services.ts'
import { cancelImport, removeImport, renameImport, startImport } from './change-import.ts'
import type { ImportContext } from './context.ts'
import { copyImport } from './copy-import.ts'
import { EventTails } from './follow/event-tail.ts'
import { followEvents } from './follow/follow-events.ts'
import type { IssueSheets } from './issue-sheet/issue-sheets.ts'
import { listFindings } from './list-findings.ts'
import { listIssues } from './list-issues.ts'
import { listOutcomes } from './list-outcomes.ts'
import { getMapping, putMapping, suggestImportMapping } from './map-import.ts'
import { writeOutcomeSheet } from './outcome-sheet.ts'
import { previewImport } from './preview-import.ts'
import { getImport, listImports } from './read-imports.ts'
import { reconcileImport } from './reconcile.ts'
import { removeRow } from './rows/discard-row.ts'
import { readRow } from './rows/read-row.ts'
import { repairRow } from './rows/repair-row.ts'
import type { StoredRows } from './stored-rows/stored-rows.ts'
import {
  createTemplate,
  getTemplate,
  listTemplates,
  removeTemplate,
  replaceTemplate,
} from './templates.ts'
import { acceptUpload } from './upload/accept-upload.ts'
import type { Inspector } from './upload/inspection.ts'
import { spoolUpload } from './upload/spool-upload.ts'
import { cancelImportValidation, validateImport } from './validate-import.ts'

/** Parts with threads of their own, which whoever made them closes. */
export interface ImportThreadParts {
  readonly inspector: Inspector
  readonly issueSheets: IssueSheets
  readonly storedRows: StoredRows
}

export function createImportService(
  context: ImportContext,
  { inspector, issueSheets, storedRows }: ImportThreadParts,
): ImportService {
  const tails = new EventTails(context.orm, context.notifications)
  return {
    spool: source => spoolUpload(context, source),
    accept: (caller, upload, locale, signal) =>
      acceptUpload(context, inspector, caller, { upload, locale, signal }),
    list: (caller, query, locale) => listImports(context, caller, query, locale),
    get: (caller, id, locale) => getImport(context, caller, id, locale),
    rename: (caller, id, name, locale) => renameImport(context, { caller, id, name, locale }),
    remove: (caller, id, locale) => removeImport(context, { caller, id, locale }),
    preview: (caller, id, query, locale) => previewImport(context, caller, { id, query, locale }),
    getMapping: (caller, id, locale) => getMapping(context, caller, { id, locale }),
    putMapping: (caller, id, request, locale) =>
      putMapping(context, caller, { id, request, locale }),
    suggestMapping: (caller, id, query, locale) =>
      suggestImportMapping(context, caller, { id, query, locale }),
    createTemplate: (caller, request) => createTemplate(context, caller, request),
    listTemplates: (caller, query) => listTemplates(context, caller, query),
    getTemplate: (caller, id) => getTemplate(context, caller, id),
    replaceTemplate: (caller, id, request) => replaceTemplate(context, caller, id, request),
    removeTemplate: (caller, id) => removeTemplate(context, caller, id),
    validate: (caller, id, locale) => validateImport(context, caller, { id, locale }),
    cancelValidation: (caller, id, locale) =>
      cancelImportValidation(context, caller, { id, locale }),
    start: (caller, id, locale) => startImport(context, { caller, id, locale }),
    cancel: (caller, id, locale) => cancelImport(context, { caller, id, locale }),
    copy: (caller, id, locale) => copyImport(context, caller, { id, locale }),
    listFindings: (caller, id, query, locale) =>
      listFindings(context, caller, { id, query, locale }),
    listIssues: (caller, id, query, locale) => listIssues(context, caller, { id, query, locale }),
    writeIssueSheet: (caller, id, wish) => issueSheets.write(caller, { id, ...wish }),
    getRow: (caller, wish) => readRow({ ...context, storedRows }, caller, wish),
    repairRow: (caller, wish) => repairRow({ ...context, storedRows }, caller, wish),
    removeRow: (caller, deletion) => removeRow(context, caller, deletion),
    listOutcomes: (caller, id, query) => listOutcomes(context, caller, { id, ...query }),
    writeOutcomeSheet: (caller, id, query) => writeOutcomeSheet(context, caller, { id, ...query }),
    reconcile: (caller, id, signal) => reconcileImport(context, caller, { id, signal }),
    follow: (caller, query, signal) =>
      followEvents({ ...context, tails }, caller, { query, signal }),
  }
}
