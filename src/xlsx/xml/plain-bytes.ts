/** Owns what scanners of plain spellings share: how they compare, and how they give up. */

/** Four bytes as the little-endian number that a `DataView` reads them as. */
export function fourBytes(text: string): number {
  return Buffer.from(text, 'latin1').readInt32LE(0)
}

/** Returned by a step that met something that is not plain. */
export const NOT_PLAIN = -1

const TEXT_START = fourBytes('<t>\0')
const TEXT_START_MASK = 0xffffff
const PRESERVED_START = Buffer.from('<t xml:space="preserve">')

/** Where the text of the `t` at `position` starts, if it is a plain one or says to keep its spaces. */
export function plainTextStart(bytes: Buffer, view: DataView, position: number): number {
  if ((view.getInt32(position, true) & TEXT_START_MASK) === TEXT_START) return position + 3
  for (let index = 0; index < PRESERVED_START.length; index++) {
    if (bytes[position + index] !== PRESERVED_START[index]) return NOT_PLAIN
  }
  return position + PRESERVED_START.length
}
