/** Which language an answer speaks, by `Accept-Language` (RFC 9110 §12.5.4). It knows no texts. */

import type { Locale } from '../errors.ts'
import { languageRangesMax } from '../limits.ts'

const defaultLocale: Locale = 'en'

interface LanguageRange {
  readonly locale: Locale
  readonly quality: number
}

/**
 * The best of the known languages, English when none is asked for. A range matches by its primary tag
 * (`pl-PL` is Polish), `*` is English, `q=0` refuses, and of equal qualities the first one wins.
 */
export function readLocale(header: string | undefined): Locale {
  if (!header) return defaultLocale
  let best: LanguageRange | undefined
  for (const part of header.split(',', languageRangesMax)) {
    const range = parseRange(part)
    if (range && range.quality > (best?.quality ?? 0)) best = range
  }
  return best?.locale ?? defaultLocale
}

function parseRange(part: string): LanguageRange | undefined {
  const [tag = '', ...parameters] = part.split(';')
  const locale = findLocale(tag.trim().toLowerCase())
  if (!locale) return undefined
  const q = parameters.map(text => text.trim()).find(text => /^q=/i.test(text))
  const quality = q ? Number(q.slice(2)) : 1
  return Number.isFinite(quality) ? { locale, quality } : undefined
}

function findLocale(tag: string): Locale | undefined {
  const primary = tag.split('-', 1)[0]
  if (primary === '*') return defaultLocale
  return primary === 'en' || primary === 'pl' ? primary : undefined
}
