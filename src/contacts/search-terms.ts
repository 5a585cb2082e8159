/** What a search text may be the beginning of: a last name, a full name, a company, an e-mail address, a phone number. */
import { type CountryCode, getCountryCallingCode } from 'libphonenumber-js/max'
import { composeText } from '../contracts/normal-form.ts'
import { searchUnitsMax } from '../limits.ts'
import { phonePlanOf } from '../mapping/normalise/phone-plan.ts'
import type { SearchTerm } from '../storage/contacts/contact-search.ts'

const phoneLike = /^\+?[\d\s().-]+$/

/** Terms in the order in which their finds are shown; the text is not blank. */
export function searchTerms(text: string, region: string): SearchTerm[] {
  const prefix = composeText(text.trim(), searchUnitsMax)?.toLowerCase()
  // No contact holds such a text.
  if (prefix === undefined) return []
  return [
    { field: 'lastName', prefix },
    { field: 'fullName', prefix },
    { field: 'companyName', prefix },
    { field: 'email', prefix },
    ...phonePrefixes(prefix, region).map(phone => ({ field: 'phone' as const, prefix: phone })),
  ]
}

/**
 * Stored numbers are E.164: `501 234` may be the beginning of +501234… and of +48501234…, in Germany `030`
 * that of +4930…, in Italy `06` that of +3906….
 */
function phonePrefixes(text: string, region: string): string[] {
  if (!phoneLike.test(text)) return []
  const digits = text.replaceAll(/\D/g, '')
  if (digits === '') return []
  if (text.startsWith('+')) return [`+${digits}`]
  if (digits.startsWith('00')) return digits.length > 2 ? [`+${digits.slice(2)}`] : []
  const country = region as CountryCode
  const [code, prefix] = [getCountryCallingCode(country), phonePlanOf(country).nationalPrefix]
  const dialled = prefix !== '' && digits.startsWith(prefix) ? [digits.slice(prefix.length)] : []
  // A number may begin with the digits of the prefix, as 800 does in Russia, where the prefix is 8.
  return [...new Set([...[...dialled, digits].map(each => `+${code}${each}`), `+${digits}`])]
}
