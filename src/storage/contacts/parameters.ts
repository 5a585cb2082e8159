/** Numbers the parameters of a statement as they are added. */
export class Parameters {
  readonly list: unknown[] = []

  /** Gives the place of the value in the statement: `$1` of the first. */
  add(value: unknown): string {
    this.list.push(value)
    return `$${this.list.length}`
  }
}
