/** `email`: an address that mail can be sent to. */
import { normaliseEmail } from '../normalise/email.ts'
import { refusal } from '../normalise/outcome.ts'
import type { FieldKind } from './field-kind.ts'

const emailInvalid = refusal('email-invalid')

export const emailKind: FieldKind = {
  name: 'email',
  sqlType: 'text',
  /** RFC 5321 §4.5.3.1.3: a path of 256 octets, less its angle brackets. */
  lengthMax: 254,
  emptyWords: 'any',
  reaches: true,
  isFamily: true,
  headerName: 'email',
  prepare() {
    return cell => (cell.type === 'string' ? normaliseEmail(cell.value) : emailInvalid)
  },
}
