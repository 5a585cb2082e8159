/**
 * The errors a caller can meet: one class with a stable code and the data that fills its text.
 * HTTP status codes are decided in `http/problem.ts`; this file knows no transport.
 */

import { errorTexts } from './error-texts.ts'

export type Locale = 'en' | 'pl'

/**
 * Values that fill the `{placeholders}` of a text. `reason` stands in none: it says in English what a
 * program met in a file or in a token, for the person who mends it.
 */
export type ErrorData = Readonly<Record<string, string | number>>

export type ErrorCode = keyof typeof errorTexts

export const errorCodes = Object.freeze(Object.keys(errorTexts)) as readonly ErrorCode[]

/** One fault of one part of a request, with a JSON Pointer (RFC 6901) to it. */
export interface ErrorItem {
  readonly pointer: string
  readonly code: string
  readonly data?: ErrorData
}

interface AppErrorOptions {
  readonly cause?: unknown
  readonly items?: readonly ErrorItem[]
}

export class AppError extends Error {
  readonly code: ErrorCode
  readonly data: ErrorData
  readonly items: readonly ErrorItem[]

  constructor(code: ErrorCode, data: ErrorData = {}, options: AppErrorOptions = {}) {
    const reason = data.reason === undefined ? '' : ` (${data.reason})`
    super(`${code}: ${errorText(code, 'en', data).detail}${reason}`, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.data = data
    this.items = options.items ?? []
  }
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorTexts, code)
}

/** The title and detail of a code in a language; unfilled placeholders stay visible. */
export function errorText(
  code: ErrorCode,
  locale: Locale,
  data: ErrorData = {},
): { title: string; detail: string } {
  const [title, detail] = errorTexts[code][locale]
  return { title, detail: fillText(detail, data) }
}

/** The member of an answer that tells the reason, where there is one. */
export function reasonOf({ reason }: ErrorData): { reason?: string } {
  return reason === undefined ? {} : { reason: String(reason) }
}

/** Replaces each `{name}` by its value; a text that came from outside is never expanded again. */
export function fillText(text: string, data: ErrorData): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(data[name] ?? whole))
}
