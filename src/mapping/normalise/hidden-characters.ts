/**
 * Characters that nobody sees, and that people copy along with a text: soft hyphens, zero-width spaces and joiners, marks
 * of writing direction. In numbers, dates and addresses they never belong to the value; in text two of them may.
 */

const hidden =
  /[\u00AD\u061C\u115F\u1160\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB]/g

/** The text without hidden characters. */
export function dropHiddenCharacters(text: string): string {
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) > 0x7f) return text.replace(hidden, '')
  }
  return text
}

/** Scripts below have no use for joiners: Latin, Greek, Cyrillic, Armenian, Hebrew. */
const joiningFrom = 0x600

/**
 * The text without hidden characters, but for the joiners that spell words of Persian and of the scripts of
 * India, and that make one picture out of several.
 */
export function dropHiddenFromText(text: string): string {
  return text.replace(hidden, (character, at: number) => {
    const isJoiner = character === '\u200C' || character === '\u200D'
    return isJoiner && joins(text.charCodeAt(at - 1)) && joins(text.charCodeAt(at + 1))
      ? character
      : ''
  })
}

function joins(code: number): boolean {
  return code >= joiningFrom && !(code >= 0x2000 && code < 0x20d0)
}
