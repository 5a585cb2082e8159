/**
 * Which numbers identify persons and tax payers in which region. The rules of the numbers are those of the
 * library; this file chooses among them, and adds the few that it lacks.
 */
import { type DigitsVerdict, judgeNip, judgePesel } from './polish-ids.ts'
import { type IdScheme, library } from './stdnum.ts'

export interface IdSchemes {
  /** Numbers that the field is for. */
  readonly expected: readonly IdScheme[]
  /** Those of them that may begin with zeros, which a number cell loses. */
  readonly mayBeginWithZero: readonly IdScheme[]
  /** Other numbers of the region that may have got into the field. */
  readonly others: readonly IdScheme[]
  /** Judges digits of the expected numbers without the library, which takes longer; null where it knows none. */
  readonly judgeDigits: ((digits: string) => DigitsVerdict) | null
}

export type IdPurpose = 'person' | 'tax' | 'business'

/** Names in the library, `CC.name`, where its own lists of persons and companies are not what sheets hold. */
const expectedNames: Readonly<Record<IdPurpose, Readonly<Record<string, string>>>> = {
  person: {
    ES: 'ES.dni ES.nie ES.nif',
    FR: 'FR.nir FR.nif',
    GB: 'GB.nino',
    GR: 'GR.amka',
    HU: '',
    NL: 'NL.bsn',
    PT: 'PT.nif PT.cc',
    ZA: 'ZA.idnr',
  },
  tax: {
    CZ: 'CZ.dic CZ.ico CZ.rc',
    DE: 'DE.vat DE.stnr DE.idnr',
    DK: 'DK.cvr DK.cpr',
    ES: 'ES.cif ES.nif ES.dni ES.nie',
    FR: 'FR.siren FR.siret FR.tva FR.nif',
    GB: 'GB.utr GB.vat GB.nino',
    NL: 'NL.btw NL.bsn',
    PL: 'PL.nip PL.pesel',
    SK: 'SK.dph CZ.ico SK.rc',
    UA: 'UA.edrpou UA.rntrc',
    ZA: 'ZA.tin ZA.vat',
  },
  business: {
    CZ: 'CZ.ico',
    FR: 'FR.siren FR.siret',
    PL: 'PL.regon',
    SK: 'CZ.ico',
    UA: 'UA.edrpou',
  },
}

/** Numbers that never begin with zero, which the library does not ask for: a check digit lets one in ten pass. */
const neverZeroNames: ReadonlySet<string> = new Set(['EE.ik', 'HU.anum', 'LT.pvm'])

const polishJudges = { person: judgePesel, tax: judgeNip, business: null } as const

/** The numbers of a region for this purpose; null where nothing is known of them. */
export function idSchemesOf(region: string, purpose: IdPurpose): IdSchemes | null {
  const named = findNamed(region, purpose)
  const expected = [...named, ...ownSchemes(region, purpose)]
  if (expected.length === 0) return null
  const all = Object.values(library().stdnum[region] ?? {})
  return {
    expected,
    mayBeginWithZero: expected.filter(scheme => mayBeginWithZero(scheme, region, purpose)),
    others: all.filter(scheme => !expected.includes(scheme)),
    judgeDigits: region === 'PL' ? polishJudges[purpose] : null,
  }
}

/** Whether the library knows the prefix of a VAT number of the European Union, and finds the number valid. */
export function vatSchemesOf(prefix: string): readonly IdScheme[] {
  return library().euVat[prefix === 'EL' ? 'GR' : prefix] ?? []
}

function findNamed(region: string, purpose: IdPurpose): IdScheme[] {
  const names = expectedNames[purpose][region]
  if (names !== undefined) return names.split(' ').filter(Boolean).map(findScheme)
  const { personValidators, entityValidators, euVat } = library()
  const persons = personValidators[region] ?? []
  if (purpose === 'business') return []
  if (purpose === 'person') return persons
  return [...new Set([...(entityValidators[region] ?? []), ...(euVat[region] ?? []), ...persons])]
}

function findScheme(name: string): IdScheme {
  const [region, key] = name.split('.')
  return library().stdnum[region!]![key!]!
}

/** A Polish tax payer's number has no zero in front, and the number of a person there is the exception. */
function mayBeginWithZero(scheme: IdScheme, region: string, purpose: IdPurpose): boolean {
  if (region === 'PL' && purpose === 'tax') return false
  const owner = library().stdnum[region] ?? {}
  const name = Object.keys(owner).find(key => owner[key] === scheme)
  return name !== undefined && !neverZeroNames.has(`${region}.${name}`)
}

const invalidLength = { isValid: false, error: { name: 'InvalidLength' } } as const
const invalidFormat = { isValid: false, error: { name: 'InvalidFormat' } } as const
const invalidChecksum = { isValid: false, error: { name: 'InvalidChecksum' } } as const

function ownSchemes(region: string, purpose: IdPurpose): IdScheme[] {
  if (purpose === 'business') return region === 'PL' ? [polishCourtRegister] : []
  if (region === 'SE') return [swedishPersonDigits]
  if (region !== 'HU') return []
  return purpose === 'tax' ? [hungarianTax, hungarianPerson] : [hungarianPerson]
}

/** KRS: ten digits, which a number cell may have lost the zeros of; it has no check digit. */
const polishCourtRegister: IdScheme = {
  validate(text) {
    const digits = compactDigits(text)
    if (digits.length !== 10) return invalidLength
    return /^0\d{9}$/.test(digits) ? { isValid: true, compact: digits } : invalidFormat
  },
}

/** Adószám: the number of the company, a digit of the kind of taxation and two of the office. */
const hungarianTax: IdScheme = {
  validate(text) {
    const digits = compactDigits(text)
    if (digits.length !== 11) return invalidLength
    return { ...findScheme('HU.anum').validate(digits.slice(0, 8)), compact: digits }
  },
}

/** Adóazonosító jel: eight, eight digits and a check digit by their places, modulo 11. */
const hungarianPerson: IdScheme = {
  validate(text) {
    const digits = compactDigits(text)
    if (digits.length !== 10) return invalidLength
    if (!digits.startsWith('8')) return invalidFormat
    const places = [...digits.slice(0, 9)].map((digit, at) => Number(digit) * (at + 1))
    const sum = places.reduce((all, place) => all + place, 0)
    return sum % 11 === Number(digits[9]) ? { isValid: true, compact: digits } : invalidChecksum
  },
}

/** Personnummer without its hyphen, which is written where the person is younger than a hundred. */
const swedishPersonDigits: IdScheme = {
  validate(text) {
    const digits = compactDigits(text)
    if (!/^\d{10}(?:\d\d)?$/.test(digits) || text.includes('+')) return invalidLength
    return findScheme('SE.personnummer').validate(`${digits.slice(0, -4)}-${digits.slice(-4)}`)
  },
}

function compactDigits(text: string): string {
  return text.replace(/[\s./-]/g, '')
}
