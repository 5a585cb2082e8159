/** What the contents of a column say of the field that it may fill: they gainsay a name, confirm it, or propose where none is. */
import type { ContactField, FieldCatalogue } from '../contracts/contact-fields.ts'
import type { ColumnProfile, ValueKind } from '../contracts/sheet-description.ts'
import { mainKind } from './profile/column-profile.ts'

/** Values of these kinds have a form: nearly none of them in a column says that the column is of another kind. */
const formOf: Readonly<Record<string, (profile: ColumnProfile) => number>> = {
  phone: ({ kinds, likePhone = 0 }) => Math.max(kinds.phone ?? 0, likePhone),
  email: ({ kinds, likeEmail = 0 }) => Math.max(kinds.email ?? 0, likeEmail),
  date: ({ kinds }) => kinds.date ?? 0,
  'birth-date': ({ kinds }) => kinds.date ?? 0,
}

/** Fewer values than this are an accident. */
const formShareMin = 0.1
/** Most values of another kind gainsay a name. */
const otherShareMin = 0.8

/** Kinds of fields whose values a mail address, a date or a national id never is. */
const oddKinds: readonly ValueKind[] = ['email', 'date', 'national-id']
const fieldsOfAnyText: ReadonlySet<string> = new Set(['multiline', 'code'])

/** Whether the values of a column are none of the field: a column `Telefon` full of e-mail addresses. */
export function gainsays(
  profile: ColumnProfile | undefined,
  { kind, custom }: ContactField,
): boolean {
  if (profile === undefined || profile.values === 0) return false
  const form = formOf[kind]
  if (form !== undefined) return form(profile) < formShareMin && isOfOtherKind(profile, kind)
  // What a tenant keeps in a text or a list of its own, nobody knows.
  if (fieldsOfAnyText.has(kind) || (custom && kind !== 'number')) return false
  return oddKinds.some(odd => odd !== kind && (profile.kinds[odd] ?? 0) >= otherShareMin)
}

function isOfOtherKind(profile: ColumnProfile, kind: string): boolean {
  const other = mainKind(profile)
  const hasForm =
    (profile.likePhone ?? 0) >= otherShareMin || (profile.likeEmail ?? 0) >= otherShareMin
  return hasForm || (other !== null && other.kind !== kind && other.share >= otherShareMin)
}

/** The kinds of values of fields whose kind is that of any text. */
const valuesOfFields: Readonly<Record<string, ValueKind>> = {
  firstName: 'given-name',
  lastName: 'surname',
  city: 'city',
}
/** Of names and towns the lists hold the frequent ones alone. */
const confirmingShareMin = 0.8
const confirmingNamesShareMin = 0.5

/** Whether the values of a column are those of the field. */
export function confirms(profile: ColumnProfile | undefined, { key, kind }: ContactField): boolean {
  if (profile === undefined) return false
  const listed = valuesOfFields[key]
  if (listed !== undefined) return (profile.kinds[listed] ?? 0) >= confirmingNamesShareMin
  if (kind === 'full-name') return (profile.kinds[kind] ?? 0) >= confirmingNamesShareMin
  const sought = kind === 'birth-date' ? 'date' : kind
  return (profile.kinds[sought as ValueKind] ?? 0) >= confirmingShareMin
}

interface Proposal {
  readonly kind: ValueKind
  /** key of the field */
  readonly field: string
  readonly shareMin: number
  readonly confidence: number
}

/** Kinds whose values alone tell the field. A date may be of anything. */
const proposals: readonly Proposal[] = [
  { kind: 'email', field: 'email', shareMin: 0.9, confidence: 0.6 },
  { kind: 'phone', field: 'phone', shareMin: 0.9, confidence: 0.55 },
  { kind: 'national-id', field: 'nationalId', shareMin: 0.9, confidence: 0.55 },
  { kind: 'full-name', field: 'fullName', shareMin: 0.6, confidence: 0.5 },
  { kind: 'given-name', field: 'firstName', shareMin: 0.6, confidence: 0.5 },
  { kind: 'postal-code', field: 'postalCode', shareMin: 0.9, confidence: 0.5 },
  { kind: 'surname', field: 'lastName', shareMin: 0.5, confidence: 0.45 },
  { kind: 'city', field: 'city', shareMin: 0.6, confidence: 0.45 },
]

/** The field that the values of a column propose, with less confidence than any name has. */
export function proposeByContents(
  profile: ColumnProfile | undefined,
  catalogue: FieldCatalogue,
): { field: string; confidence: number } | undefined {
  const main = profile && mainKind(profile)
  if (!main) return undefined
  const found = proposals.find(({ kind, shareMin }) => kind === main.kind && main.share >= shareMin)
  if (found === undefined || catalogue.find(found.field) === undefined) return undefined
  return { field: found.field, confidence: found.confidence }
}
