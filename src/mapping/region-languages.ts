/** Which languages the lists of a region are written in. Data and one look-up; no rule about values. */

/** Languages beside the main one (by the Unicode locale data) in which a region writes lists, too. */
const furtherLanguages: Readonly<Record<string, string>> = {
  BA: 'hr sr sr-Latn',
  BE: 'fr de',
  BY: 'ru',
  CA: 'fr',
  CH: 'fr it rm',
  CY: 'tr',
  EE: 'ru',
  ES: 'ca',
  FI: 'sv',
  KZ: 'ru',
  LI: 'fr it',
  LU: 'de',
  LV: 'ru',
  MD: 'ru',
  ME: 'hr sr sr-Latn',
  MK: 'sq',
  NO: 'nn',
  RS: 'sr-Latn',
  UA: 'ru',
  XK: 'sr sr-Latn',
}

/** BCP 47 tags of the languages of a region, its main one first; `region` is ISO 3166-1 alpha-2. */
export function languagesOf(region: string): readonly string[] {
  const { language } = new Intl.Locale('und', { region }).maximize()
  const further = furtherLanguages[region]
  return further === undefined ? [language] : [language, ...further.split(' ')]
}

/** The BCP 47 tag of a region's main language there, such as `pl-PL`. */
export function localeOf(region: string): string {
  return `${languagesOf(region)[0]}-${region}`
}

/** The languages of the lists that may come from anywhere in Europe and near it. */
export const listLanguages: readonly string[] = (
  'pl en de fr es it pt nl cs sk uk ru be bg ro hu lt lv et fi sv da nb nn sl hr bs sr sr-Latn mk sq el tr ' +
  'ca gl eu ga cy mt is lb rm az ka hy de-AT en-GB en-AU fr-CA es-MX pt-BR'
).split(' ')
