/** Lists every named schema of the API: `$ref` points to them, and the document shows them under components. */
import {
  Assignment,
  AssignmentPage,
  AssignmentRequest,
  Campaign,
  CampaignCreation,
  CampaignPage,
} from '../contracts/campaign.ts'
import { Case, CaseChange, CaseCreation, CasePage } from '../contracts/case.ts'
import { Contact, ContactFieldItem, ContactFieldList, ContactPage } from '../contracts/contact.ts'
import {
  ContactFieldChange,
  ContactFieldCreation,
  ContactFieldUsage,
  FieldChoice,
  FieldLabels,
} from '../contracts/custom-fields.ts'
import { ImportAssigned, ImportEvent } from '../contracts/events.ts'
import { FindingCell, FindingItem, FindingList } from '../contracts/findings.ts'
import {
  Import,
  ImportPage,
  ImportProgress,
  ImportRename,
  ImportSnapshot,
  ListedImport,
  Preview,
  Reading,
  RowIssueItem,
  RowIssuePage,
  SheetSummary,
  ValidationProgress,
} from '../contracts/import.ts'
import { ImportWarning } from '../contracts/import-warnings.ts'
import { ImportedRow, RowCell, RowRepair } from '../contracts/imported-row.ts'
import {
  MappedColumn,
  Mapping,
  MappingAnswer,
  MappingRequest,
  MappingSuggestion,
  RequestedColumn,
} from '../contracts/mapping.ts'
import {
  MappingTemplate,
  MappingTemplatePage,
  TemplateColumn,
  TemplateRequest,
} from '../contracts/mapping-template.ts'
import { MappingWarning } from '../contracts/mapping-warnings.ts'
import { Problem } from '../contracts/problem.ts'
import { Reconciliation, RowOutcome } from '../contracts/row-outcomes.ts'
import { Failure, FindingCounts, Progress, RowLedger } from '../contracts/run-state.ts'
import { ColumnFinding, HeaderRowReason } from '../contracts/sheet-description.ts'
import { Validation } from '../contracts/validation.ts'

export const namedSchemas = [
  Import,
  ListedImport,
  ImportPage,
  ImportRename,
  ImportWarning,
  SheetSummary,
  RowLedger,
  Progress,
  Failure,
  Reading,
  Validation,
  ImportSnapshot,
  ImportProgress,
  ValidationProgress,
  ImportAssigned,
  ImportEvent,
  Preview,
  ColumnFinding,
  HeaderRowReason,
  MappedColumn,
  RequestedColumn,
  MappingRequest,
  Mapping,
  MappingAnswer,
  MappingWarning,
  MappingSuggestion,
  TemplateColumn,
  TemplateRequest,
  MappingTemplate,
  MappingTemplatePage,
  RowIssueItem,
  RowIssuePage,
  RowOutcome,
  RowCell,
  ImportedRow,
  RowRepair,
  Reconciliation,
  FindingCounts,
  FindingCell,
  FindingItem,
  FindingList,
  FieldLabels,
  FieldChoice,
  ContactFieldItem,
  ContactFieldList,
  ContactFieldCreation,
  ContactFieldChange,
  ContactFieldUsage,
  Contact,
  ContactPage,
  Case,
  CaseCreation,
  CaseChange,
  CasePage,
  Campaign,
  CampaignCreation,
  CampaignPage,
  AssignmentRequest,
  Assignment,
  AssignmentPage,
  Problem,
] as const
