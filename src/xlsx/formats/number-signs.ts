/** Owns the signs that a locale puts into numbers: the decimal point and the separator of thousands. Pure. */

export interface NumberSigns {
  readonly point: string
  readonly group: string
}

/** The signs that the codes of formats are written with. */
const CODE_SIGNS: NumberSigns = { point: '.', group: ',' }

/** A number that has both signs in every locale. */
const SAMPLE = 12_345_678.9

/**
 * The signs of a locale such as `pl-PL`, those of the codes where there is none. Blanks that do not break are
 * plain ones here: both look the same in a cell.
 * @throws RangeError for a text that is no language tag
 */
export function numberSigns(locale: string | undefined): NumberSigns {
  if (locale === undefined) return CODE_SIGNS
  const parts = new Intl.NumberFormat(locale, { numberingSystem: 'latn' }).formatToParts(SAMPLE)
  const signOf = (kind: 'decimal' | 'group', sign: string) =>
    (parts.find(({ type }) => type === kind)?.value ?? sign).replace(/[\u00a0\u202f]/g, ' ')
  return { point: signOf('decimal', CODE_SIGNS.point), group: signOf('group', CODE_SIGNS.group) }
}
