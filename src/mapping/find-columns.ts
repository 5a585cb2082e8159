/** Finds the columns of a sheet by their names, as a template names them. */
import { foldText } from './fold-text.ts'

/**
 * For each of the names the number of its column, 1-based, or undefined where there is none. `headers[0]` is the name of
 * column 1. A column that is named exactly so goes before one whose name is the same when it is folded; of several the
 * leftmost is taken, and none twice.
 */
export function findColumns(
  names: readonly string[],
  headers: readonly (string | null)[],
): (number | undefined)[] {
  const found: (number | undefined)[] = names.map(() => undefined)
  const taken = new Set<number>()
  for (const keyOf of [trimmed, folded]) {
    const columns = columnsByKey(headers, keyOf, taken)
    for (const [at, name] of names.entries()) {
      if (found[at] !== undefined) continue
      const column = columns.get(keyOf(name))?.shift()
      if (column === undefined) continue
      found[at] = column
      taken.add(column)
    }
  }
  return found
}

function columnsByKey(
  headers: readonly (string | null)[],
  keyOf: (name: string) => string,
  taken: ReadonlySet<number>,
): Map<string, number[]> {
  const columns = new Map<string, number[]>()
  for (const [at, header] of headers.entries()) {
    const key = keyOf(header ?? '')
    if (key === '' || taken.has(at + 1)) continue
    const others = columns.get(key)
    if (others) others.push(at + 1)
    else columns.set(key, [at + 1])
  }
  return columns
}

function trimmed(name: string): string {
  return name.trim()
}

/** What is the same for names that mean one column; empty for a column without a name. */
export function nameKey(name: string): string {
  return folded(name) || trimmed(name)
}

/** A sign for "number" is the word, which folding would drop. */
function folded(name: string): string {
  return foldText(name.replaceAll(/[#№]/g, ' no '))
}
