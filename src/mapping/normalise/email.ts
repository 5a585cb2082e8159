/**
 * E-mail addresses: the dot-atom form of RFC 5321 §4.1.2 with a domain of at least two labels, which may be
 * internationalised (RFC 5890). The domain becomes lower case (RFC 5321 §2.4: it has no case); the local
 * part is the receiver's own and stays as written. Quoted local parts and address literals are refused.
 */
import { composeText } from '../../contracts/normal-form.ts'
import { dropHiddenCharacters } from './hidden-characters.ts'
import { type CellOutcome, refusal } from './outcome.ts'
import { trimText } from './text.ts'

const emailInvalid = refusal('email-invalid')

/** RFC 5321 §4.5.3.1: local part, whole address; RFC 1035 §2.3.4: one label of the domain. */
const localLengthMax = 64
const addressLengthMax = 254
const labelLengthMax = 63

const localPart = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+$/
const labelCharacters = /^[\p{L}\p{M}\p{N}-]+$/u
const digitsOnly = /^[0-9]+$/
const mailtoScheme = /^mailto:/i

/** The canonical address, null for an empty text. A `mailto:` in front, which hyperlinks leave, is dropped. */
export function normaliseEmail(raw: string): CellOutcome {
  const text = trimText(trimText(dropHiddenCharacters(raw)).replace(mailtoScheme, ''))
  if (text === '') return null
  if (text.length > addressLengthMax) return emailInvalid
  const at = text.indexOf('@')
  const local = text.slice(0, Math.max(at, 0))
  if (!isLocalPart(local)) return emailInvalid
  const written = composeText(text.slice(at + 1), addressLengthMax)
  const domain = written && composeText(written.toLowerCase(), addressLengthMax)
  if (!domain) return emailInvalid
  const address = `${local}@${domain}`
  return isDomain(domain) && address.length <= addressLengthMax ? address : emailInvalid
}

function isLocalPart(local: string): boolean {
  if (local.length > localLengthMax || !localPart.test(local)) return false
  return !local.startsWith('.') && !local.endsWith('.') && !local.includes('..')
}

function isDomain(domain: string): boolean {
  const labels = domain.split('.')
  const top = labels.at(-1)!
  return labels.length >= 2 && labels.every(isLabel) && top.length >= 2 && !digitsOnly.test(top)
}

function isLabel(label: string): boolean {
  if (label.length > labelLengthMax || !labelCharacters.test(label)) return false
  return !label.startsWith('-') && !label.endsWith('-')
}
