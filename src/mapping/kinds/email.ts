/** `email`: an address that mail can be sent to. */
import { wordList } from '../header-synonyms.ts'
import { normaliseEmail } from '../normalise/email.ts'
import { refusal } from '../normalise/outcome.ts'
import type { FieldKind } from './field-kind.ts'

const emailInvalid = refusal('email-invalid')

export const emailKind: FieldKind = {
  name: 'email',
  sqlType: 'text',
  /** RFC 5321 §4.5.3.1.3: a path of 256 octets, less its angle brackets. */
  lengthMax: 254,
  reaches: true,
  isFamily: true,
  headers:
    wordList(`email|e mail|mail|adres email|adres e mail|adres mail|adres mailowy|poczta elektroniczna
    |adres poczty elektronicznej|email address|e mail address|mail address|contact email
    |email kontaktowy|email sluzbowy|email prywatny|work email|primary email|main email`),
  prepare() {
    return cell => (cell.type === 'string' ? normaliseEmail(cell.value) : emailInvalid)
  },
}
