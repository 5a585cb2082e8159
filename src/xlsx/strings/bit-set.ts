/** Owns a set of indexes as bits. It takes no memory before the first one, as most workbooks have none. */

export class BitSet {
  #bits: Uint8Array | null = null

  /** Adds an index of at least zero. */
  add(index: number): void {
    const at = index >> 3
    if (this.#bits === null || at >= this.#bits.length) {
      const grown = new Uint8Array((at + 1) * 2)
      if (this.#bits !== null) grown.set(this.#bits)
      this.#bits = grown
    }
    this.#bits[at]! |= 1 << (index & 7)
  }

  /** Whether an index was added. */
  has(index: number): boolean {
    if (this.#bits === null) return false
    return ((this.#bits[index >> 3] ?? 0) & (1 << (index & 7))) !== 0
  }
}
