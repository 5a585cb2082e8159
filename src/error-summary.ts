/**
 * Errors as the log shows them: class, message and stack, so that a fault can be found; never a text that
 * may quote somebody's data, as PostgreSQL and parsers quote the values that they refuse.
 */
import { AppError, reasonOf } from './errors.ts'
import { loggedMessageCharactersMax } from './limits.ts'

interface ErrorSummary {
  readonly type: string
  readonly code?: unknown
  readonly message?: string
  /** where PostgreSQL met the fault: names of the schema, never values */
  readonly table?: string
  readonly constraint?: string
  readonly frames: string
  readonly errors?: readonly ErrorSummary[]
  readonly cause?: ErrorSummary
}

/** Causes deeper than this repeat what was said. */
const causesMax = 4

/** Faults of the same try, as of each address of a host. */
const errorsMax = 4

interface KnownProperties {
  readonly code?: unknown
  readonly table?: unknown
  readonly constraint?: unknown
  readonly cause?: unknown
  readonly errors?: unknown
}

export function summarizeError(error: unknown, depth = 0): ErrorSummary {
  if (!(error instanceof Error)) return { type: typeof error, frames: '' }
  const { code, table, constraint, cause, errors } = error as Error & KnownProperties
  const message = safeMessage(error)
  const deeper = (inner: unknown) => summarizeError(inner, depth + 1)
  return {
    type: typeOf(error),
    ...(code !== undefined && { code }),
    ...(message !== undefined && { message: message.slice(0, loggedMessageCharactersMax) }),
    ...(typeof table === 'string' && { table }),
    ...(typeof constraint === 'string' && { constraint }),
    frames: framesOf(error),
    ...(Array.isArray(errors) &&
      depth < causesMax && { errors: errors.slice(0, errorsMax).map(deeper) }),
    ...(cause !== undefined && depth < causesMax && { cause: deeper(cause) }),
  }
}

/** An error that crossed a thread has lost its class and kept its name. */
function typeOf(error: Error): string {
  const { name } = error.constructor
  return name === 'Error' ? error.name : name
}

/** SQLSTATE: PostgreSQL documentation, Appendix A. Codes of the operating system begin otherwise. */
const sqlState = /^(?:\d\d|F0|HV|P0|XX)[\dA-Z]{3}$/

/**
 * Classes whose messages tell of connections, rights, locks, resources and of PostgreSQL's own faults. All
 * others may quote values, or the statement that holds them.
 */
const sqlStateWithoutValues = /^(?:08|25|28|3D|40|53|55|57|58|XX)/

/** Classes of libraries, and of the language, that quote what they refuse. */
const quotingTypes = new Set(['SyntaxError', 'ValidationError', 'DriverException'])

/** Undefined for a text that may quote data. */
function safeMessage(error: Error): string | undefined {
  // Its full message is filled with names that callers gave.
  if (error instanceof AppError) return reasonOf(error.data).reason
  const { code } = error as KnownProperties
  if (typeof code === 'string' && sqlState.test(code)) {
    return sqlStateWithoutValues.test(code) ? error.message : undefined
  }
  // What the driver of the ORM wraps without a code is the network's, or its own.
  const isOfNetwork = 'syscall' in error || code === undefined
  return classesOf(error).some(
    name => quotingTypes.has(name) && !(name === 'DriverException' && isOfNetwork),
  )
    ? undefined
    : error.message
}

function classesOf(error: Error): readonly string[] {
  const names = [error.name]
  for (let at = Object.getPrototypeOf(error); at !== null; at = Object.getPrototypeOf(at)) {
    names.push(at.constructor.name)
  }
  return names
}

/** A stack begins with the message, which may hold lines of its own. */
function framesOf({ stack = '', message }: Error): string {
  const at = message === '' ? -1 : stack.indexOf(message)
  const rest = at === -1 ? stack : stack.slice(at + message.length)
  return rest.split('\n').filter(isFrame).join('\n')
}

/** Ends in a place of a source file, or names none: a line of a message that looks like one is cut before. */
function isFrame(line: string): boolean {
  return /^ {4}at .*(?::\d+:\d+\)?|\(native\)|<anonymous>\)?|\(index \d+\))$/.test(line)
}
