/** A cell's text as people are shown it, in previews and in row issues. */

/**
 * The beginning of a text, up to so many UTF-16 units, as PostgreSQL can store it: whole code points,
 * and a visible sign for NUL. A copy: a part of a string would keep the whole of it in memory.
 */
export function shownText(text: string, charactersMax: number): string {
  const cut = text.slice(0, charactersMax)
  const whole = text.length > cut.length ? cut.replace(/[\uD800-\uDBFF]$/, '') : cut
  return Buffer.from(whole).toString().replaceAll('\0', '\u2400')
}
