/**
 * Text that was read in a wrong encoding on its way into the sheet: `KoÅ‚odziej`, `KoĹ‚odziej`, `Pawe³`, `Wi?niewski`.
 * This file tells such text; it never mends it, for the letters that were meant are a guess.
 */

/** What UTF-8 was taken for: the code pages of Western Europe, Central Europe and of Cyrillic. */
const codePages = ['windows-1252', 'windows-1250', 'windows-1251'] as const

/** The letters of Polish by their bytes in Windows-1250 and ISO 8859-2, read as Windows-1252. */
const signWithinWord = /(?<=\p{L})[³¹¿¶¼¾±¯¦¥¡¬£ˇ˘˛˝¤¢§](?=\p{L}|$|[\s.,;)-])/u
const signBeforeWord = /(?<!\p{L}|\d)[£¯¦](?=\p{Ll})/u
/** `œ` inside a word without any letter that French has around it; `Ÿ` in the midst of small letters. */
const ligatureInWord = /(?<=[bcdfghijklmnprstwyz])œ(?=[bcdfghjklmnpstwyz])|(?<=\p{L})Ÿ(?=\p{Ll})/u
/** Measures: `m³`, `cm³`, `km²`. */
const measure = /(?:^|[\s\d/(])[cdkm]?m³/g
/** A question mark or the sign of replacement where a letter was. */
const lostLetter =
  /\uFFFD|(?<=\p{L})\?(?=\p{Ll})|(?<=\p{Lu})\?(?=\p{Lu})|(?<=^|\s)\?(?=\p{Ll})|^\p{L}+\?$/u
const webAddress = /https?:|www\.|[=/&]/i
/** Letters of the C1 range: never typed, only read from a code page as ISO 8859-1. */
const unseenControl = /[\x80-\x84\x86-\x9f]/
/** A word of nothing but accented letters: Cyrillic in Windows-1251, read as Windows-1252. */
const accentsAlone = /(?<!\p{L})[À-ÖØ-öø-ÿ]{4,}(?!\p{L})/u

/** Letters written as codes: in headers of mail, of programs, of web addresses. */
const escapedLetter = /=\?[\w-]{3,20}\?[QB]\?|\\u[0-9a-f]{4}/i
const escapedByte = /%C[2-5]%[89AB][0-9A-F]/i
/** Quoted-printable, as in mail: `Ko=C5=82odziej`. */
const quotedByte = /=C[2-5]=[89AB][0-9A-F]/
/** UTF-7, as in old mail: a plus, UTF-16 in base64, and mostly a minus: `+ACY-`, `Wo+AUI-k`. */
const shifted = /\+([ABI][A-Za-z0-9+/]{2,63})(?![A-Za-z0-9+/])/g
/** The ř of Windows-1250 beside letters that Danish and Norwegian have none of. */
const czechSlip = /(?<!\p{L})(?=\p{L}{0,40}[øØ])\p{L}{0,40}[áíéýúšžÁÍÉÝÚŠŽ]/u

const asciiOnly = /^[\x20-\x3e\x40-\x7e]*$/

/** Whether some of the text is not what was written. */
export function isEncodingBroken(text: string): boolean {
  if (escapedLetter.test(text) || quotedByte.test(text) || holdsShifted(text)) return true
  if (escapedByte.test(text) && !webAddress.test(text)) return true
  if (asciiOnly.test(text)) return false
  if (lostLetter.test(text) && !webAddress.test(text)) return true
  if (unseenControl.test(text) || accentsAlone.test(text)) return true
  if (/[øØ]/.test(text) && czechSlip.test(text)) return true
  const unmeasured = text.replace(measure, ' ')
  if (signWithinWord.test(unmeasured) || signBeforeWord.test(unmeasured)) return true
  return ligatureInWord.test(text) || codePages.some(page => hidesUtf8(text, page))
}

const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function holdsShifted(text: string): boolean {
  return text.matchAll(shifted).some(([, run]) => areShiftedLetters(run!))
}

/** Whether the run is whole characters of UTF-16, each a letter of Europe or a sign that UTF-7 does not write plainly. */
function areShiftedLetters(run: string): boolean {
  let bits = 0
  let count = 0
  for (const digit of run) {
    bits = (bits << 6) | base64.indexOf(digit)
    count += 6
    if (count < 16) continue
    count -= 16
    if (!isShiftedLetter(bits >> count)) return false
    bits &= (1 << count) - 1
  }
  return count < 6 && bits === 0
}

function isShiftedLetter(code: number): boolean {
  if (code < 0x7f) return '!"#$%&*;<=>@[\\]^_`{|}~'.includes(String.fromCharCode(code))
  const isLetter = (code >= 0xa0 && code < 0x250) || (code >= 0x370 && code < 0x530)
  return isLetter || (code >= 0x2010 && code < 0x2040) || code === 0x20ac
}

type CodePage = (typeof codePages)[number]

const bytesOfPages = new Map<CodePage, ReadonlyMap<string, number>>()

function bytesOf(page: CodePage): ReadonlyMap<string, number> {
  let bytes = bytesOfPages.get(page)
  if (!bytes) {
    const upper = Array.from({ length: 128 }, (_, index) => index + 128)
    const letters = new TextDecoder(page).decode(Uint8Array.from(upper))
    bytes = new Map(upper.map((byte, index) => [letters[index]!, byte]))
    bytesOfPages.set(page, bytes)
  }
  return bytes
}

/** So many letters of Greek or Cyrillic prove the encoding wrong: `ÓŁ` looks like one and stands in `KÓŁKO`. */
const otherLettersMin = 3

/**
 * Whether the text holds letters that are the bytes of one letter in UTF-8. In the code page of Cyrillic the
 * leading bytes are common letters, so there all letters of the text must be such pairs.
 */
function hidesUtf8(text: string, page: CodePage): boolean {
  const bytes = bytesOf(page)
  const isCyrillic = page === 'windows-1251'
  let latin = 0
  let others = 0
  for (let at = 0; at < text.length; at++) {
    const length = hiddenLetterLength(text, at, bytes)
    if (length > 0) {
      if (isGreekOrCyrillic(bytes.get(text[at]!)!)) others++
      else latin++
      at += length - 1
    } else if (isCyrillic && text.charCodeAt(at) > 0x7f) return false
  }
  return (latin > 0 && !isCyrillic && !isUpperCase(text)) || latin + others >= otherLettersMin
}

function isGreekOrCyrillic(lead: number): boolean {
  return lead >= 0xce && lead <= 0xd3
}

/** In capitals alone two letters of a pair may stand beside each other, as in `PĂŞCAN`. */
function isUpperCase(text: string): boolean {
  return text.toUpperCase() === text
}

/** How many characters at this place are the bytes of one letter or typographic sign; 0 for none. */
function hiddenLetterLength(text: string, at: number, bytes: ReadonlyMap<string, number>): number {
  const lead = bytes.get(text[at]!) ?? 0
  const second = bytes.get(text[at + 1] ?? '') ?? 0
  if (second < 0x80 || second > 0xbf) return 0
  // Latin with its extensions: U+0080 to U+017F.
  if ((lead >= 0xc2 && lead <= 0xc5) || isGreekOrCyrillic(lead)) return 2
  const third = bytes.get(text[at + 2] ?? '') ?? 0
  // Dashes, quotation marks and the euro: U+2000 to U+20BF.
  const isTypographic = lead === 0xe2 && (second === 0x80 || second === 0x82)
  return isTypographic && third >= 0x80 && third <= 0xbf ? 3 : 0
}
