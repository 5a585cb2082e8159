/**
 * The short way of text: whether it is canonical as it stands, by far the commonest case. In doubt it says
 * no, and the careful reading decides; it never changes a text.
 */

/** Letters of Latin scripts and signs of ASCII; from here on marks combine and other scripts begin. */
const tableEnd = 0x300

const plain = 0
const blank = 1
/** Letters that also begin letters of UTF-8 read in a wrong code page, and accented letters that do so in rows. */
const accented = 2
const leading = 3
const ampersand = 4
const doubtful = 5
/** Begins `_x000D_`, a line end that was escaped twice. */
const underscore = 6
/** Begins a letter that was written as a code where certain letters follow: `+ACY-`, `=C5=82`, `%C5%82`, `\u0142`. */
const codeSign = 7
/** Begins a tag where a letter or a slash follows. */
const angle = 8
/** A letter of Denmark and Norway, which no word has beside letters of Czechia. */
const slashed = 9

/** Â Ã Ä Å Î Ï Ð Ñ Ò Ó â, and by the Central European page Ă Ĺ Ď Đ Ń Ň. */
const leadingLetters = 'ÂÃÄÅÎÏÐÑÒÓâĂĹĎĐŃŇ'
/** Signs that may be a lost letter or a letter of another code page. */
const doubtfulSigns = '?œŸˇ˘˛˝'

const classes = Uint8Array.from({ length: tableEnd }, (_, code) => classOf(code))

function classOf(code: number): number {
  const character = String.fromCharCode(code)
  if (code === 0x20) return blank
  if (character === '&') return ampersand
  if (character === '_') return underscore
  if ('+=%\\'.includes(character)) return codeSign
  if (character === '<') return angle
  if (character === 'ø' || character === 'Ø') return slashed
  if (code < 0x20 || (code > 0x7e && code < 0xc0)) return doubtful
  if (doubtfulSigns.includes(character)) return doubtful
  if (leadingLetters.includes(character)) return leading
  return code >= 0xc0 && code <= 0xff ? accented : plain
}

/** Signs that an export puts in front of what is text: `'` and `="`. */
function isMark(code: number): boolean {
  return code === 0x27 || code === 0x3d
}

const czechLetters = /[áíéýúšžÁÍÉÝÚŠŽ]/

/** Whether the text is printable, without a blank at its edges or two in a row, and hides nothing. */
export function isPlainText(text: string): boolean {
  const last = text.length - 1
  if (last < 0 || text.charCodeAt(last) === 0x20 || isMark(text.charCodeAt(0))) return false
  let previous = blank
  let isSlashed = false
  for (let at = 0; at <= last; at++) {
    const code = text.charCodeAt(at)
    if (code >= tableEnd) return false
    const kind = classes[code]!
    if (kind === blank) {
      if (previous === blank) return false
    } else if (kind !== plain) {
      if (!isHarmless(kind, text, at)) return false
      if (kind === slashed) isSlashed = true
    }
    previous = kind
  }
  return !isSlashed || !czechLetters.test(text)
}

/** By the characters behind it, which are NaN at the end of the text. */
function isHarmless(kind: number, text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1)
  switch (kind) {
    case accented:
    case slashed:
      return !(next >= 0xc0 && next <= 0xff)
    case leading:
      return !(next > 0x7e)
    case underscore:
      return next !== 0x78 || text.charCodeAt(at + 2) !== 0x30
    case ampersand:
      return !(next > 0x20)
    case angle:
      return !(next === 0x2f || isLetter(next))
    case codeSign:
      return isHarmlessEscape(text.charCodeAt(at), next)
    default:
      return false
  }
}

function isHarmlessEscape(sign: number, next: number): boolean {
  const letter = next & ~0x20
  switch (sign) {
    case 0x2b:
      return next !== 0x41 && next !== 0x42 && next !== 0x49
    case 0x5c:
      return letter !== 0x55
    default:
      return letter !== 0x43
  }
}

function isLetter(code: number): boolean {
  const lower = code | 0x20
  return lower >= 0x61 && lower <= 0x7a
}
