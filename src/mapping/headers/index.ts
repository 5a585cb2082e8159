/** All dictionaries. The order is the order of precedence where two languages use one name for two fields. */
import { cs } from './cs.ts'
import { da } from './da.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import type { HeaderWords } from './header-words.ts'
import { hu } from './hu.ts'
import { it } from './it.ts'
import { lt } from './lt.ts'
import { nl } from './nl.ts'
import { pl } from './pl.ts'
import { pt } from './pt.ts'
import { ro } from './ro.ts'
import { ru } from './ru.ts'
import { sk } from './sk.ts'
import { sv } from './sv.ts'
import { uk } from './uk.ts'

export const dictionaries: readonly HeaderWords[] = [
  pl,
  en,
  de,
  es,
  fr,
  it,
  cs,
  uk,
  pt,
  sk,
  ru,
  nl,
  ro,
  hu,
  lt,
  sv,
  da,
]
