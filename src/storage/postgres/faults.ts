/** What a failed query or file operation means. SQLSTATE codes: PostgreSQL documentation, Appendix A. */
import { AppError } from '../../errors.ts'

const diskFull = new Set(['53100', 'ENOSPC', 'EDQUOT'])

/** Whether PostgreSQL or the scratch folder ran out of room. */
export function isDiskFull(error: unknown): boolean {
  return diskFull.has(codeOf(error))
}

/** SQLSTATE class 08, a server that shuts down or is full, a session ended while idle; and the codes of sockets and DNS. */
const connection =
  /^(08...|57P0[1235]|25P03|53300|ECONN(REFUSED|RESET)|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN)$/

/** Insufficient resources, a statement or lock that took too long, a deadlock, an I/O error. */
const strain = /^(53...|57014|55P03|40...|58...)$/

/** Messages of errors that the driver throws without a code. */
const connectionMessage =
  /connection (terminated|timeout|error)|client was closed|timeout exceeded when trying to connect/i

/** Whether PostgreSQL could not be reached, so that the same query may succeed later. */
export function isConnectionFault(error: unknown): boolean {
  return (
    connection.test(codeOf(error)) ||
    (error instanceof Error && connectionMessage.test(error.message))
  )
}

/** A statement that took too long or waited too long for a lock, a deadlock, too many connections or no memory. */
const overload = /^(57014|55P03|40...|53[234]00)$/

/** Whether PostgreSQL had too much to do for this statement, so that the same statement may succeed later. */
export function isOverload(error: unknown): boolean {
  return overload.test(codeOf(error))
}

/** Whether another try may succeed where this one failed: PostgreSQL is away, overloaded or full. */
export function isPassingFault(error: unknown): boolean {
  return isConnectionFault(error) || strain.test(codeOf(error))
}

/** Whether PostgreSQL ended a statement that took longer than its session allows. */
export function isStatementTimeout(error: unknown): boolean {
  return codeOf(error) === '57014'
}

function codeOf(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const { code } = at as NodeJS.ErrnoException
    // The code of an AppError is the service's own; PostgreSQL's code stands on its cause.
    if (typeof code === 'string' && !(at instanceof AppError)) return code
  }
  return ''
}
