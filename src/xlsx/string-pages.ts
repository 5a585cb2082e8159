/** temporary in-memory */
export interface StringPagesOptions {
  readonly memoryBytesMax: number
  readonly scratchDir: string
}
export class StringPages {
  readonly #strings: string[] = []
  constructor(_options: StringPagesOptions) {}
  get length(): number {
    return this.#strings.length
  }
  add(text: string): void {
    this.#strings.push(text)
  }
  freeze(): void {}
  isEmpty(index: number): boolean {
    return this.#strings[index] === ''
  }
  get(index: number): string {
    return this.#strings[index]!
  }
  async close(): Promise<void> {}
}
