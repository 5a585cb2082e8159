/**
 * The one place that turns an error into an answer: it makes RFC 9457 problem details of `AppError` and of the server's
 * own errors. It logs nothing and knows no route.
 */
import type { Problem } from '../contracts/problem.ts'
import { isRowIssueCode, rowIssueText } from '../contracts/row-issues.ts'
import type { ErrorCode, ErrorData, ErrorItem, Locale } from '../errors.ts'
import { AppError, errorText, isErrorCode, reasonOf } from '../errors.ts'
import { searchedFieldsMax } from '../limits.ts'
import { ValidationError } from './validation.ts'

export const problemMediaType = 'application/problem+json'

/** HTTP status of every code; a new code does not compile without one. */
export const problemStatuses: Readonly<Record<ErrorCode, number>> = {
  'request-invalid': 400,
  'request-too-large': 413,
  'request-timeout': 408,
  'media-type-unsupported': 415,
  'not-found': 404,
  'method-not-allowed': 405,
  'token-missing': 401,
  'token-invalid': 401,
  'role-forbidden': 403,
  'upload-malformed': 400,
  'file-missing': 400,
  'file-twice': 400,
  'file-too-large': 413,
  'file-not-xlsx': 422,
  'file-encrypted': 422,
  'file-label-protected': 422,
  'file-corrupt': 422,
  'file-no-worksheet': 422,
  'file-empty': 422,
  'file-too-many-rows': 422,
  'file-too-many-columns': 422,
  'file-beyond-limits': 422,
  'idempotency-key-reused': 422,
  'idempotency-key-held': 409,
  'sheet-unknown': 422,
  'sheet-unreadable': 422,
  'mapping-missing': 409,
  'mapping-empty': 422,
  'mapping-field-twice': 422,
  'mapping-column-twice': 422,
  'mapping-unknown-field': 422,
  'mapping-unknown-column': 422,
  'mapping-unknown-region': 422,
  'mapping-required-unmapped': 422,
  'mapping-no-rows': 422,
  'contact-field-taken': 409,
  'contact-field-choices': 422,
  'contact-field-too-large': 422,
  'contact-fields-too-many': 409,
  'contact-field-built-in': 409,
  'template-unknown': 422,
  'template-column-missing': 422,
  'template-name-taken': 409,
  'template-too-large': 422,
  'templates-too-many': 409,
  'mapping-implausible': 422,
  'row-unknown': 404,
  'row-field-unmapped': 422,
  'row-invalid': 422,
  'row-not-repairable': 409,
  'row-not-rejected': 409,
  'import-state-conflict': 409,
  'validation-not-running': 409,
  'correction-original-unknown': 422,
  'correction-original-moving': 409,
  'correction-rows-missing': 422,
  'correction-columns-differ': 422,
  'correction-mapping-fixed': 409,
  'correction-without-contacts': 409,
  'correction-without-validation': 409,
  'import-not-started': 409,
  'assignment-being-removed': 409,
  'import-poisoned': 409,
  'import-source-changed': 409,
  'database-too-slow': 503,
  'storage-full': 507,
  'campaign-name-taken': 409,
  'service-busy': 503,
  'service-unavailable': 503,
  'internal-error': 500,
}

interface ProblemContext {
  readonly locale: Locale
  readonly requestId: string
}

/** The problem document of an error, which must come from `toKnownError`. */
export function describeProblem(
  error: AppError | ValidationError,
  { locale, requestId }: ProblemContext,
): Problem {
  const code = error instanceof AppError ? error.code : 'request-invalid'
  const data = error instanceof AppError ? error.data : {}
  const errors =
    error instanceof AppError
      ? error.items.map(item => describeItem(item, locale))
      : error.faults.map(({ pointer, code, detail }) => ({ pointer, code, detail: detail[locale] }))
  return {
    type: problemType(code),
    ...errorText(code, locale, { requestId, ...data }),
    status: problemStatuses[code],
    code,
    ...reasonOf(data),
    instance: requestId,
    ...(errors.length > 0 && { errors }),
  }
}

/** The URI that names a kind of problem (RFC 9457 §3.1.1); it is an identifier, not an address. */
export function problemType(code: ErrorCode): string {
  return `urn:contact-import:problem:${code}`
}

/** Texts for those codes of items that no answer has as its own code. */
const itemTexts: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  'required-without-template': {
    en: 'is required when no template is named',
    pl: 'musi być podane, gdy nie wskazano szablonu',
  },
  'searched-fields-many': {
    en: `must not name more than ${searchedFieldsMax} custom fields`,
    pl: `nie może wskazywać więcej niż ${searchedFieldsMax} własnych pól`,
  },
  'row-field-whole': {
    en: 'is no field whose cell was refused',
    pl: 'nie jest polem, którego komórka została odrzucona',
  },
  'cursor-invalid': {
    en: 'must be the nextCursor of a page of the same list',
    pl: 'musi być wartością nextCursor ze strony tej samej listy',
  },
}

/** A row issue carries the names of its field in both languages. */
function issueDetail(code: string, locale: Locale, data: ErrorData): string | undefined {
  if (!isRowIssueCode(code)) return undefined
  const { address, value, en, pl, lengthMax } = data
  const labels = { en: String(en), pl: String(pl) }
  const field = { labels, lengthMax: Number(lengthMax) }
  return rowIssueText(code, locale, { address: String(address), value: String(value), field })
}

function describeItem({ pointer, code, data }: ErrorItem, locale: Locale) {
  const detail = isErrorCode(code)
    ? errorText(code, locale, data).detail
    : (itemTexts[code]?.[locale] ?? issueDetail(code, locale, data ?? {}) ?? code)
  return { pointer, code, detail }
}

/** Errors of Fastify that the caller can correct, by their codes. */
const serverErrors: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media-type-unsupported',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'media-type-unsupported',
  FST_ERR_CTP_BODY_TOO_LARGE: 'request-too-large',
  FST_ERR_BAD_URL: 'request-invalid',
  FST_ERR_MAX_PARAM_LENGTH: 'not-found',
}

interface ServerError {
  readonly code?: unknown
  readonly statusCode?: unknown
}

/** Judges errors of Fastify and its plugins by their status: 4xx is the caller's fault, every other one the service's. */
function blameByStatus(status: unknown): ErrorCode {
  if (status === 404) return 'not-found'
  const isOfTheCaller = typeof status === 'number' && status >= 400 && status < 500
  return isOfTheCaller ? 'request-invalid' : 'internal-error'
}

/**
 * Turns any thrown value into an error that can be described. A path that cannot hold an id becomes `not-found`, as an id
 * of another tenant does. An unexpected error becomes `internal-error` and keeps its cause for the log.
 */
export function toKnownError(
  error: unknown,
  expectedMediaType: string,
): AppError | ValidationError {
  if (error instanceof AppError) return error
  if (error instanceof ValidationError) {
    return error.part === 'params' ? new AppError('not-found') : error
  }
  const { code: serverCode, statusCode } = (error ?? {}) as ServerError
  const code = serverErrors[String(serverCode)] ?? blameByStatus(statusCode)
  return new AppError(code, { expected: expectedMediaType }, { cause: error })
}
