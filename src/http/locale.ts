/** Which language an answer speaks, by `Accept-Language` (RFC 9110 §12.5.4). It knows no texts. */
import Negotiator from 'negotiator'
import type { Locale } from '../errors.ts'
import { languageRangesMax } from '../limits.ts'

/** The first is taken where a caller has no wish. */
const locales: readonly Locale[] = ['en', 'pl']

/** The best of the known languages for this header, of which no more than `languageRangesMax` ranges are read. */
export function readLocale(header: string | undefined): Locale {
  if (!header) return locales[0]!
  const ranges = header.split(',', languageRangesMax).join(',')
  const negotiator = new Negotiator({ headers: { 'accept-language': ranges } })
  return (negotiator.language([...locales]) as Locale | undefined) ?? locales[0]!
}
