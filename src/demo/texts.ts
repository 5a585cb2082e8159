/** The texts of the demo, in English and Polish; numbers and lines are laid out elsewhere. */
import { fillText, type Locale } from '../errors.ts'

const texts = {
  usage: {
    en: 'Usage: npm run demo -- [--exit] [FILE.xlsx]',
    pl: 'Użycie: npm run demo -- [--exit] [PLIK.xlsx]',
  },
  'port-taken': {
    en: 'The port {port} on {address} is taken. Free it, or set PORT to another one (0: any free one).',
    pl: 'Port {port} na {address} jest zajęty. Zwolnij go albo ustaw PORT na inny (0: dowolny wolny).',
  },
  'file-unreadable': {
    en: 'The file {path} cannot be read ({reason}).',
    pl: 'Nie można odczytać pliku {path} ({reason}).',
  },
  'sample-unwritable': {
    en: 'The sample sheet {path} cannot be written ({reason}). Set DATA_DIR to a folder you may write.',
    pl: 'Nie można zapisać arkusza {path} ({reason}). Ustaw DATA_DIR na folder z prawem zapisu.',
  },
  'secret-missing': {
    en: 'The demo signs its own token and needs a secret for it: set AUTH_SECRET in place of AUTH_JWKS_URL.',
    pl: 'Demo samo podpisuje swój token i potrzebuje do tego klucza: ustaw AUTH_SECRET zamiast AUTH_JWKS_URL.',
  },
  'nothing-recognised': {
    en: 'No column of {file} has a header that is recognised: {columns}. Name one for example Phone or E-mail.',
    pl: 'Żadna kolumna pliku {file} nie ma rozpoznawanego nagłówka: {columns}. Nazwij którąś np. Telefon lub E-mail.',
  },
  'import-ended': {
    en: 'The import ended as {status}: {detail}',
    pl: 'Import zakończył się stanem {status}: {detail}',
  },
  service: { en: 'Service', pl: 'Usługa' },
  sample: { en: 'Sample', pl: 'Przykład' },
  sampleMade: {
    en: '{rows} Polish contacts in {columns} columns, {size}, made in {seconds} s',
    pl: 'polskie kontakty: {rows}, kolumny: {columns}, {size}, czas: {seconds} s',
  },
  upload: { en: 'Upload', pl: 'Wysłanie' },
  uploaded: {
    en: '{file}, {size}, read in {seconds} s: import {id}',
    pl: '{file}, {size}, odczytany w {seconds} s: import {id}',
  },
  mapping: { en: 'Mapping', pl: 'Kolumny' },
  mapped: {
    en: '{mapped} of {columns} columns recognised by their headers',
    pl: 'rozpoznane po nagłówkach: {mapped} z {columns}',
  },
  unrecognised: {
    en: 'not recognised, not imported: {columns}',
    pl: 'nierozpoznane, pominięte: {columns}',
  },
  import: { en: 'Import', pl: 'Import' },
  progress: {
    en: '{processed} of {total} rows',
    pl: '{processed} z {total} wierszy',
  },
  rate: { en: '{rate} rows/s', pl: '{rate} wierszy/s' },
  eta: { en: '{seconds} s left', pl: 'jeszcze {seconds} s' },
  ledger: { en: 'Rows', pl: 'Wiersze' },
  ledgerSum: {
    en: '{total} total = {created} created + {updated} updated + {skipped} skipped + {rejected} rejected + {remaining} remaining',
    pl: '{total} razem = {created} utworzone + {updated} zmienione + {skipped} pominięte + {rejected} odrzucone + {remaining} pozostałe',
  },
  speed: { en: 'Speed', pl: 'Tempo' },
  speedMeasured: {
    en: '{rate} rows per second, {seconds} s',
    pl: '{rate} wierszy na sekundę, {seconds} s',
  },
  issues: { en: 'Rejected', pl: 'Odrzucone' },
  contacts: { en: 'Contacts', pl: 'Kontakty' },
  next: { en: 'To go on', pl: 'Co dalej' },
  docs: {
    en: '# the API, with forms to try it',
    pl: '# opis API z formularzami do wypróbowania',
  },
  token: {
    en: '# an admin token for the tenant {tenant}',
    pl: '# token administratora, dzierżawca {tenant}',
  },
  curlContacts: {
    en: '# contacts whose last name, company, e-mail or phone begins so',
    pl: '# kontakty według początku nazwiska, firmy, e-maila lub telefonu',
  },
  curlImports: { en: '# all imports, newest first', pl: '# wszystkie importy od najnowszego' },
  curlUpload: { en: '# upload a sheet of your own', pl: '# wysłanie własnego arkusza' },
  curlDelete: {
    en: '# delete this import with its contacts and their cases',
    pl: '# usunięcie tego importu z kontaktami i ich sprawami',
  },
  serving: { en: 'Serving until Ctrl-C.', pl: 'Usługa działa do naciśnięcia Ctrl-C.' },
  rerun: {
    en: 'npm run demo   # the same, and keeps serving\nnpm start      # the service alone',
    pl: 'npm run demo   # to samo i usługa działa dalej\nnpm start      # sama usługa',
  },
} as const satisfies Record<string, Record<Locale, string>>

export type TextKey = keyof typeof texts

/** Speaks one language: texts by key, numbers as that language writes them. */
export interface Speaker {
  readonly locale: Locale
  say(key: TextKey, values?: Record<string, string | number>): string
  /** A number with at most so many decimals. */
  number(value: number, decimals?: number): string
}

/** The language of the terminal's locale when it is Polish, else English. */
export function createSpeaker(systemLocale: string): Speaker {
  const locale: Locale = systemLocale.startsWith('pl') ? 'pl' : 'en'
  return {
    locale,
    say: (key, values = {}) => fillText(texts[key][locale], values),
    number: (value, decimals = 0) =>
      value.toLocaleString(locale, { maximumFractionDigits: decimals, useGrouping: 'always' }),
  }
}

/** A fault that ends the demo with one line. */
export class DemoError extends Error {
  readonly key: TextKey
  readonly values: Record<string, string | number>

  constructor(key: TextKey, values: Record<string, string | number> = {}, cause?: unknown) {
    super(key, { cause })
    this.name = 'DemoError'
    this.key = key
    this.values = values
  }
}
