/**
 * Characters that nobody sees and copying brings along: soft hyphens, zero-width spaces and joiners, marks
 * of writing direction. In phone numbers and addresses they never belong to the value; in text they may.
 */

const hidden = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g

/** The text without hidden characters. */
export function dropHiddenCharacters(text: string): string {
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) > 0x7f) return text.replace(hidden, '')
  }
  return text
}
