/**
 * Owns the spelling of format codes (ECMA-376 Part 1 §18.8.31): the pieces that a code is made of, its sections
 * and their conditions. Pure.
 */

/** A quoted text, an escape, a bracket, a word of formats, or a single character. */
const PIECES = /"[^"]*"?|[\\_*].?|\[[^\]]*\]?|general|am\/pm|a\/p|./gisu

const COMPARISON = /^\[(<=|>=|<>|<|>|=)\s*([+-]?[0-9.]+(?:e[+-]?[0-9]+)?)\]$/i

/** The pieces of each section of a code. */
export function splitSections(code: string): string[][] {
  const sections: string[][] = [[]]
  for (const piece of code.match(PIECES) ?? []) {
    if (piece === ';') sections.push([])
    else sections.at(-1)!.push(piece)
  }
  return sections
}

/** The condition that a section begins with, or null where it has none. */
export function conditionOf(pieces: readonly string[]): ((value: number) => boolean) | null {
  const condition = pieces.map(piece => COMPARISON.exec(piece)).findLast(match => match !== null)
  return condition ? comparison(condition[1]!, Number(condition[2])) : null
}

/** Whether a piece stands for a digit. */
export function isPlace(piece: string | undefined): boolean {
  return piece === '0' || piece === '#' || piece === '?'
}

/**
 * The text that a piece shows as it is, for pieces that stand for nothing else: a gap for what only takes room,
 * nothing for colours and languages. Null for what asks for more, such as digits of another script.
 */
export function literalOf(piece: string): string | null {
  if (piece.startsWith('"')) return piece.slice(1).replace(/"$/, '')
  if (piece.startsWith('\\')) return piece.slice(1)
  if (piece.startsWith('_')) return ' '
  if (piece.startsWith('*')) return piece === '* ' ? ' ' : ''
  return piece.startsWith('[') ? bracketText(piece) : piece
}

/** `[$zł-415]` is a sign of a language, `[$-415]` the language alone, `[Red]` a colour in any language. */
function bracketText(piece: string): string | null {
  const sign = /^\[\$([^\]-]*)(?:-([^\]]*))?\]$/.exec(piece)
  if (sign !== null) return showsOtherDigits(sign[2] ?? '') ? null : sign[1]!
  if (COMPARISON.test(piece)) return ''
  const isColour = /^\[\p{L}+ ?[0-9]*\]$/u.test(piece) && !/^\[(db|nat)num/i.test(piece)
  return isColour ? '' : null
}

/** The highest byte of a language number names the script of its digits; 1 is the Latin one. */
function showsOtherDigits(language: string): boolean {
  return /^[0-9a-f]{7,8}$/i.test(language) && Number.parseInt(language, 16) >>> 24 > 1
}

function comparison(operator: string, bound: number): (value: number) => boolean {
  switch (operator) {
    case '<':
      return value => value < bound
    case '<=':
      return value => value <= bound
    case '>':
      return value => value > bound
    case '>=':
      return value => value >= bound
    case '=':
      return value => value === bound
    default:
      return value => value !== bound
  }
}
