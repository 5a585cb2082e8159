/**
 * E-mail addresses: the dot-atom form of RFC 5321 §4.1.2 with a domain of at least two labels, which may be
 * internationalised (RFC 5890). The domain becomes lower case (RFC 5321 §2.4: it has no case); the local
 * part is the receiver's own and stays as written. Quoted local parts and address literals are refused.
 */
import { composeCompatibly, composeText } from '../../contracts/normal-form.ts'
import { dropHiddenCharacters } from './hidden-characters.ts'
import { type CellOutcome, noted, refusal, repaired, several } from './outcome.ts'
import { trimText } from './text.ts'

const emailInvalid = refusal('email-invalid')
const emailSeveral = refusal('email-several')

/** RFC 5321 §4.5.3.1: local part, whole address; RFC 1035 §2.3.4: one label of the domain. */
const localLengthMax = 64
const addressLengthMax = 254
const labelLengthMax = 63

const localPart = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+$/
const labelCharacters = /^[\p{L}\p{M}\p{N}-]+$/u
/** Longer texts are no address with a name beside it. */
const besideLengthMax = 400
const addressLike = /[^\s<>()[\]{}"„”;,:|@]+@[^\s<>()[\]{}"„”;,:|@]*/g
const signsInFront = /^['’`=*#]+/
const signsBehind = /(?:\?.*|['’`.*!])+$/
/** `jan/anna@firma.pl` */
const severalPeople = /[\p{L}\d]\/[\p{L}\d]+@/u
/** A word before an address may be a part of it, unless a sign or a label stands between. */
const mayStandBefore =
  /(?:^|[<([{"„”:;,|•·]|^\s*[-–—])\s*$|(?:^|\s)(?:e-?mail|mail|adres|address|kontakt)\.?\s+$/i
/** `jan,anna@firma.pl`, `jan; anna@firma.pl`: the word may be a part of the address, or another one. */
const wordBefore = /[\p{L}\d][;,|]$|^[^\s@]*[\p{L}\d]\s*[;,|]\s*$/u
/** A short word behind an address may be the end of its domain. */
const shortWordBehind = /^\s*\.?\s*[a-z]{2,3}$/i
/** RFC 5321 allows them; sheets have them from formulas, lists, footnotes and addresses of web pages. */
const sheetSigns = /^['`=*#/+~$!?%{}^&|-]|\/|%[0-9a-f]{2}/i
const dummyLocals: ReadonlySet<string> = new Set(
  (
    'brak brakmaila brakemaila brakadresu niema niemam niemamaila niemaila nieposiada niepodano nie bezmaila ' +
    'no noemail nomail none null nobody na unknown notprovided test testtest asdf qwerty abc xxx xyz kein ' +
    'keine keinemail keinemaila nichtvorhanden unbekannt nema neni sans aucun sinemail notiene nessuna nincs geen'
  ).split(' '),
)
const dummyLengthMax = 20
const letterDomain = /^(?:xn--[a-z0-9-]+|[\p{L}\p{M}]+)$/u

/** The canonical address, null for an empty text; what stands beside one address is dropped and told. */
export function normaliseEmail(raw: string): CellOutcome {
  const text = trimText(dropHiddenCharacters(raw))
  if (text === '') return null
  const address = readAddress(text)
  if (address === null) return readBeside(text)
  return isDummy(address) ? noted(address, 'email-dummy') : address
}

/** Typed so that a form lets its reader go on: `brak@brak.pl`, `a@a.pl`. */
function isDummy(address: string): boolean {
  const at = address.indexOf('@')
  const local = address.slice(0, at).toLowerCase()
  if (local.length > dummyLengthMax) return false
  if (dummyLocals.has(local.replace(/[._-]/g, ''))) return true
  return local.length <= 2 && address.slice(at + 1, address.indexOf('.', at)) === local
}

function readAddress(text: string): string | null {
  if (text.length > addressLengthMax) return null
  const at = text.indexOf('@')
  const local = text.slice(0, Math.max(at, 0))
  if (!isLocalPart(local)) return null
  const domain = composeText(text.slice(at + 1), addressLengthMax)
  const lower = domain === null ? null : composeText(domain.toLowerCase(), addressLengthMax)
  if (lower === null || !isDomain(lower)) return null
  const address = `${local}@${lower}`
  return address.length <= addressLengthMax ? address : null
}

/** Addresses among names, labels, brackets and signs. */
function readBeside(text: string): CellOutcome {
  if (text.length > besideLengthMax) return emailInvalid
  const found = [...text.matchAll(addressLike)]
  if (found.length === 0 || text.split('@').length - 1 !== found.length) return emailInvalid
  if (severalPeople.test(text)) return emailSeveral
  const read = found.map(([token]) =>
    readAddress(token.replace(signsInFront, '').replace(signsBehind, '')),
  )
  if (read.includes(null)) return emailInvalid
  const addresses = [
    ...new Map((read as string[]).map(each => [each.toLowerCase(), each])).values(),
  ]
  if (addresses.length > 1) return several(addresses, 'email-several')
  const first = found[0]!
  const before = text.slice(0, first.index)
  const behind = text.slice(first.index + first[0].length)
  if (wordBefore.test(before)) return emailSeveral
  if (!mayStandBefore.test(before) || shortWordBehind.test(behind)) return emailInvalid
  if (read.length > 1) return repaired(addresses[0]!, 'value-repeated')
  const hasWords = /\p{L}/u.test(before + behind) || first[0].includes('?')
  return repaired(addresses[0]!, hasWords ? 'email-words-dropped' : 'signs-dropped')
}

function isLocalPart(local: string): boolean {
  if (local.length > localLengthMax || !localPart.test(local) || sheetSigns.test(local)) {
    return false
  }
  return !local.startsWith('.') && !local.endsWith('.') && !local.includes('..')
}

function isDomain(domain: string): boolean {
  const labels = domain.split('.')
  const top = labels.at(-1)!
  return labels.length >= 2 && labels.every(isLabel) && top.length >= 2 && letterDomain.test(top)
}

function isLabel(label: string): boolean {
  if (label.length > labelLengthMax || !labelCharacters.test(label) || !isStable(label))
    return false
  return !label.startsWith('-') && !label.endsWith('-')
}

const ascii = /^[\x21-\x7e]*$/

/** No domain has full-width letters, ligatures or letters of formulas: they stand for others (RFC 5892 §2.2). */
function isStable(label: string): boolean {
  return ascii.test(label) || composeCompatibly(label, labelLengthMax) === label
}
