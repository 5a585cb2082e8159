/**
 * Owns the making of strings from bytes of valid UTF-8. Most strings of a sheet are short: those are
 * made without a call out of JavaScript. It must never give out a string that shares memory with
 * the bytes. (Remembering short strings to give them out again was tried: it costs what it saves.)
 */

declare global {
  /** What `toString` calls once it knows its encoding; the look-up costs more than a short string. */
  interface Buffer {
    latin1Slice(start: number, end: number): string
    utf8Slice(start: number, end: number): string
  }
}

/** Up to this many bytes a string is made by `String.fromCharCode`: measured, about half the time. */
const SHORT_BYTES = 40
/** One argument list for each length, reused. */
const codeLists: readonly number[][] = Array.from({ length: SHORT_BYTES + 1 }, (_, length) =>
  new Array<number>(length).fill(0),
)
/** The codes of a text whose length is known at its end. */
const scratch = new Array<number>(SHORT_BYTES).fill(0)
const { fromCharCode } = String

/** Copies ASCII. */
export function copyAscii(bytes: Buffer, start: number, end: number): string {
  const length = end - start
  if (length > SHORT_BYTES) return bytes.latin1Slice(start, end)
  const codes = codeLists[length]!
  for (let at = 0; at < length; at++) codes[at] = bytes[start + at]!
  return fromCharCode.apply(null, codes)
}

/** Copies valid UTF-8. */
export function copyUtf8(bytes: Buffer, start: number, end: number): string {
  if (end - start > SHORT_BYTES) return bytes.utf8Slice(start, end)
  let length = 0
  for (let at = start; at < end; ) {
    let code = bytes[at++]!
    if (code >= 0x80) {
      // A character beyond the basic plane takes two units.
      if (code >= 0xf0) return bytes.utf8Slice(start, end)
      if (code < 0xe0) code = ((code & 0x1f) << 6) | (bytes[at++]! & 0x3f)
      else {
        code = ((code & 0x0f) << 12) | ((bytes[at]! & 0x3f) << 6) | (bytes[at + 1]! & 0x3f)
        at += 2
      }
    }
    scratch[length++] = code
  }
  const codes = codeLists[length]!
  for (let index = 0; index < length; index++) codes[index] = scratch[index]!
  return fromCharCode.apply(null, codes)
}
