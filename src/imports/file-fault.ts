/** Translates what goes wrong with a file, or while it is imported, into an error code of the product. */
import { AppError, type ErrorCode, type ErrorData } from '../errors.ts'
import { sheetColumnsMax, sheetRowsMax } from '../limits.ts'
import { SlowBatchError } from '../storage/imports/fenced-writer.ts'
import { OriginalMovingError } from '../storage/imports/repair-rows.ts'
import { isDiskFull } from '../storage/postgres/faults.ts'
import { XlsxError, type XlsxErrorCode } from '../xlsx/index.ts'

const codes: Readonly<Record<XlsxErrorCode, ErrorCode>> = {
  'not-xlsx': 'file-not-xlsx',
  encrypted: 'file-encrypted',
  'label-protected': 'file-label-protected',
  truncated: 'file-corrupt',
  corrupt: 'file-corrupt',
  'bad-crc': 'file-corrupt',
  'size-mismatch': 'file-corrupt',
  'duplicate-name': 'file-corrupt',
  'unsupported-compression': 'file-corrupt',
  'part-missing': 'file-corrupt',
  'no-worksheet': 'file-no-worksheet',
  'xml-malformed': 'file-corrupt',
  'xml-doctype': 'file-corrupt',
  'xml-encoding': 'file-corrupt',
  'cell-invalid': 'file-corrupt',
  'shared-string-out-of-range': 'file-corrupt',
  'too-many-rows': 'file-too-many-rows',
  'too-many-columns': 'file-too-many-columns',
  'too-many-entries': 'file-beyond-limits',
  'too-large': 'file-beyond-limits',
  'no-progress': 'file-beyond-limits',
}

/** A fault in a form that can cross from one thread to another; an error would lose its class there. */
export interface Fault {
  readonly code: ErrorCode
  readonly data: ErrorData
}

export function fileFault(code: XlsxErrorCode, reason: string): Fault {
  return {
    code: codes[code],
    data: { reason, rowsMax: sheetRowsMax, columnsMax: sheetColumnsMax },
  }
}

export function faultError(fault: Fault): AppError {
  return new AppError(fault.code, fault.data)
}

/** The fault that refuses an upload or ends a run; undefined for an unforeseen error, and for one that may pass by itself. */
export function importFault(error: unknown): Fault | undefined {
  if (error instanceof AppError) return { code: error.code, data: error.data }
  if (error instanceof XlsxError) return fileFault(error.code, error.detail)
  if (error instanceof OriginalMovingError) return { code: 'correction-original-moving', data: {} }
  if (error instanceof SlowBatchError) return { code: 'database-too-slow', data: {} }
  return isDiskFull(error) ? { code: 'storage-full', data: {} } : undefined
}
