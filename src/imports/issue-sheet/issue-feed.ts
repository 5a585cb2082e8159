/** Refused cells as they come, page by page in sheet order, given out row by row. */
import type { RefusedCell } from '../../storage/imports/refused-cell.ts'

export class IssueFeed implements AsyncDisposable {
  readonly #pages: AsyncIterator<readonly RefusedCell[]>
  #page: readonly RefusedCell[] = []
  #at = 0
  #isOver = false

  constructor(pages: AsyncIterable<readonly RefusedCell[]>) {
    this.#pages = pages[Symbol.asyncIterator]()
  }

  /** Those of a row, in the order of columns; callers ask for rows in ascending order. */
  async of(row: number): Promise<RefusedCell[]> {
    const found: RefusedCell[] = []
    for (;;) {
      const cell = this.#page[this.#at]
      if (cell === undefined) {
        if (!(await this.#turn())) return found
      } else if (cell.row > row) {
        return found
      } else {
        if (cell.row === row) found.push(cell)
        this.#at += 1
      }
    }
  }

  /** Whether the page in hand tells all of a row, so that nobody need wait for another one. */
  async #turn(): Promise<boolean> {
    if (this.#isOver) return false
    const next = await this.#pages.next()
    this.#isOver = next.done === true
    this.#page = next.done ? [] : next.value
    this.#at = 0
    return !this.#isOver
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pages.return?.()
  }
}
