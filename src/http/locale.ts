/** Chooses the language of an answer by `Accept-Language` (RFC 9110 §12.5.4). It knows no texts. */
import Negotiator from 'negotiator'
import type { Locale } from '../errors.ts'
import { languageRangesMax } from '../limits.ts'

/** The first one serves callers who ask for no language, or for none of these. */
const locales: readonly Locale[] = ['en', 'pl']

/** The best of the known languages for this header. It reads no more than `languageRangesMax` ranges of the header. */
export function readLocale(header: string | undefined): Locale {
  if (!header) return locales[0]!
  const ranges = header.split(',', languageRangesMax).join(',')
  const negotiator = new Negotiator({ headers: { 'accept-language': ranges } })
  return (negotiator.language([...locales]) as Locale | undefined) ?? locales[0]!
}
