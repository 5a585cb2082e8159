/**
 * Makes up Polish contacts, row by row, the same ones for the same seed. It owns what a sample
 * contact looks like; it writes nothing and knows no file format.
 */
import {
  cities,
  companyForms,
  companyKinds,
  companyNames,
  emailDomains,
  feminineNames,
  fixedLineAreas,
  masculineNames,
  mobilePrefixes,
  remarks,
  streets,
  surnames,
} from './polish-words.ts'
import { createRandom, type Random } from './random.ts'

/** The columns of a sample sheet in order: the header of row 1 and the contact field it is. */
export const contactColumns = [
  { header: 'Imię', field: 'firstName' },
  { header: 'Nazwisko', field: 'lastName' },
  { header: 'Firma', field: 'companyName' },
  { header: 'Telefon', field: 'phone' },
  { header: 'Telefon 2', field: 'phone2' },
  { header: 'E-mail', field: 'email' },
  { header: 'Ulica', field: 'street' },
  { header: 'Kod pocztowy', field: 'postalCode' },
  { header: 'Miasto', field: 'city' },
  { header: 'Data urodzenia', field: 'birthDate' },
  { header: 'Nr klienta', field: 'externalId' },
  { header: 'Uwagi', field: 'notes' },
] as const

export type ContactField = (typeof contactColumns)[number]['field']

/** The values of one contact in the order of `contactColumns`; null is a gap in the sheet. */
export type ContactRow = [
  firstName: string,
  lastName: string,
  companyName: string | null,
  phone: string | number,
  phone2: string | null,
  email: string | null,
  street: string | null,
  postalCode: string | null,
  city: string | null,
  /** A date at midnight UTC, or the text dd.mm.yyyy. */
  birthDate: Date | string | null,
  externalId: number,
  notes: string | null,
]

export interface ContactRowsOptions {
  /** How many contacts. */
  rows: number
  /** Same seed, same contacts; default 1. */
  seed?: number
  /** Every so many contacts one has a phone number that nobody can call; default none. */
  flawedEvery?: number
}

/**
 * Yields contacts, valid but for those asked to be flawed: every phone is a Polish number in one of the ways people write it, no
 * mobile number comes twice within 130 million rows, and one cell in eight is a gap.
 */
export function* contactRows(options: ContactRowsOptions): Generator<ContactRow> {
  const { rows, flawedEvery } = options
  const random = createRandom(options.seed ?? 1)
  const phoneOffset = random.below(mobileNumbers)
  for (let index = 0; index < rows; index += 1) {
    const isFeminine = random.chance(0.5)
    const firstName = random.pick(isFeminine ? feminineNames : masculineNames)
    const lastName = random.pick(surnames)[isFeminine ? 1 : 0]
    const [city, postalArea] = random.pick(cities)
    const hasAddress = random.chance(0.95)
    yield [
      firstName,
      lastName,
      random.chance(0.7) ? companyName(random, lastName) : null,
      phone(random, phoneOffset + index, isFlawed(index, flawedEvery)),
      random.chance(0.6) ? writtenFixedLine(random) : null,
      random.chance(0.9) ? email(random, { firstName, lastName, index }) : null,
      hasAddress ? street(random) : null,
      hasAddress ? `${postalArea}-${digits(random, 3)}` : null,
      hasAddress ? city : null,
      random.chance(0.85) ? birthDate(random) : null,
      100_001 + index,
      random.chance(0.6) ? random.pick(remarks) : null,
    ]
  }
}

function isFlawed(index: number, every: number | undefined): boolean {
  return every !== undefined && (index + 1) % every === 0
}

/** A flawed number lacks its last digits; the contacts around it stay as they are. */
function phone(random: Random, ordinal: number, flawed: boolean): string | number {
  const national = mobileNumber(ordinal)
  const written = writtenMobile(random, national)
  return flawed ? national.slice(0, 6) : written
}

const mobileNumbersPerPrefix = 10_000_000
const mobileNumbers = mobilePrefixes.length * mobileNumbersPerPrefix

/** Coprime to `mobileNumbers`, so that consecutive ordinals walk through all numbers once. */
const mobileStride = 48_271_003

function mobileNumber(ordinal: number): string {
  const place = ((ordinal % mobileNumbers) * mobileStride) % mobileNumbers
  const prefix = mobilePrefixes[Math.floor(place / mobileNumbersPerPrefix)]!
  return prefix + String(place % mobileNumbersPerPrefix).padStart(7, '0')
}

function writtenMobile(random: Random, national: string): string | number {
  const groups = [national.slice(0, 3), national.slice(3, 6), national.slice(6)]
  const way = random.next()
  if (way < 0.4) return Number(`48${national}`)
  if (way < 0.6) return Number(national)
  if (way < 0.75) return groups.join(' ')
  if (way < 0.9) return `+48 ${groups.join(' ')}`
  return way < 0.95 ? `+48${national}` : groups.join('-')
}

function writtenFixedLine(random: Random): string {
  const area = random.pick(fixedLineAreas)
  const local = `${2 + random.below(8)}${digits(random, 2)} ${digits(random, 2)} ${digits(random, 2)}`
  const way = random.next()
  if (way < 0.4) return `${area} ${local}`
  return way < 0.7 ? `(${area}) ${local}` : `+48 ${area} ${local}`
}

function companyName(random: Random, lastName: string): string {
  const name = random.chance(0.8) ? random.pick(companyNames) : lastName
  return `${random.pick(companyKinds)} ${name} ${random.pick(companyForms)}`
}

function email(
  random: Random,
  person: { firstName: string; lastName: string; index: number },
): string {
  const local = `${toAscii(person.firstName)}.${toAscii(person.lastName)}.${person.index + 1}`
  return `${local}@${random.pick(emailDomains)}`
}

/** Lower case without diacritics; ł is a letter of its own and does not decompose. */
function toAscii(name: string): string {
  let ascii = asciiNames.get(name)
  if (ascii === undefined) {
    ascii = name.toLowerCase().replaceAll('ł', 'l').normalize('NFD').replace(/\p{M}/gu, '')
    asciiNames.set(name, ascii)
  }
  return ascii
}

const asciiNames = new Map<string, string>()

function street(random: Random): string {
  const house = `${random.pick(streets)} ${1 + random.below(180)}`
  if (random.chance(0.1)) return `${house}${random.pick(['a', 'b', 'c'])}`
  return random.chance(0.6) ? `${house}/${1 + random.below(90)}` : house
}

const birthDayFirst = Date.UTC(1940, 0, 1) / 86_400_000
const birthDayLast = Date.UTC(2007, 11, 31) / 86_400_000

function birthDate(random: Random): Date | string {
  const day = birthDayFirst + random.below(birthDayLast - birthDayFirst + 1)
  const date = new Date(day * 86_400_000)
  if (random.chance(0.9)) return date
  const [year, month, dayOfMonth] = date.toISOString().slice(0, 10).split('-')
  return `${dayOfMonth}.${month}.${year}`
}

function digits(random: Random, count: number): string {
  return String(random.below(10 ** count)).padStart(count, '0')
}
