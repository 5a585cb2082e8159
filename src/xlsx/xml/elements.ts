/**
 * Owns what is open: the nesting of elements, the namespaces in scope (Namespaces in XML 1.0), and
 * which branch of `mc:AlternateContent` counts (ECMA-376 Part 3 §9.3). An element that it reports is
 * one that the reader should see.
 */
import type { XlsxLimits } from '../limits.ts'
import { XlsxError } from '../xlsx-error.ts'
import type { XmlAttributes } from './attributes.ts'
import { canonicalNamespace, NS_COMPATIBILITY, NS_MAIN, type XmlName } from './names.ts'

/** How an open element is treated. */
const SEEN = 0
/** its content counts as its parent's */
const TRANSPARENT = 1
/** an AlternateContent without a branch taken so far */
const UNDECIDED = 2
/** a branch that is not taken */
const DROPPED = 3

interface NamespaceBinding {
  readonly prefix: string
  readonly uri: string
  readonly depth: number
}

export class ElementStack {
  /** Seen elements that are open, the current one included, at its start and at its end. */
  level = 0
  /** Local name and namespace of the element that started or ended last. */
  local = ''
  uri = ''
  isSkipping = false
  readonly #open: XmlName[] = []
  readonly #treatments: number[] = []
  readonly #bindings: NamespaceBinding[] = []
  readonly #depthMax: number
  readonly #namespacesMax: number
  #skipDepth = 0
  #levelAfter = 0
  #prefix: string | null = null
  #prefixUri = ''

  constructor(limits: XlsxLimits) {
    this.#depthMax = limits.depthMax
    this.#namespacesMax = limits.namespacesMax
  }

  get depth(): number {
    return this.#open.length
  }

  get innermost(): XmlName | undefined {
    return this.#open[this.#open.length - 1]
  }

  /** Whether the innermost element is this one of the main namespace, without a prefix. */
  isPlain(qualified: string): boolean {
    const { innermost } = this
    if (innermost === undefined || innermost.qualified !== qualified || this.isSkipping)
      return false
    return this.resolve('') === NS_MAIN
  }

  /** Enters an element; true where the reader should see it. */
  open(name: XmlName, attributes: XmlAttributes): boolean {
    if (this.#open.length >= this.#depthMax) {
      throw new XlsxError('too-large', `elements nested deeper than ${this.#depthMax}`)
    }
    this.#open.push(name)
    if (this.isSkipping) {
      this.#treatments.push(SEEN)
      return false
    }
    this.#bindNamespaces(attributes)
    this.local = name.local
    this.uri = this.resolve(name.prefix)
    const treatment = this.uri === NS_COMPATIBILITY ? this.#choose(attributes) : SEEN
    this.#treatments.push(treatment)
    if (treatment === DROPPED) this.skip()
    if (treatment !== SEEN) return false
    this.level = ++this.#levelAfter
    return true
  }

  /** Leaves the innermost element; true where the reader should see its end. */
  close(): boolean {
    const name = this.#open.pop()!
    const treatment = this.#treatments.pop()!
    const depth = this.#open.length
    if (this.isSkipping) {
      if (depth + 1 > this.#skipDepth) return false
      this.isSkipping = false
    }
    if (treatment === SEEN) {
      this.level = this.#levelAfter--
      this.local = name.local
      this.uri = this.resolve(name.prefix)
    }
    this.#unbindNamespaces(depth)
    return treatment === SEEN
  }

  /** Hides the innermost element from here on: its content and its end. */
  skip(): void {
    const innermost = this.#open.length - 1
    if (this.#treatments[innermost] === SEEN) this.#levelAfter--
    this.#treatments[innermost] = DROPPED
    this.isSkipping = true
    this.#skipDepth = this.#open.length
  }

  /** The canonical namespace that a prefix stands for here; '' for none. */
  resolve(prefix: string): string {
    if (prefix === this.#prefix) return this.#prefixUri
    this.#prefix = prefix
    this.#prefixUri = this.#bindings.findLast(binding => binding.prefix === prefix)?.uri ?? ''
    return this.#prefixUri
  }

  /** The value of an attribute with a namespace, or null. */
  attributeOf(attributes: XmlAttributes, uri: string, local: string): string | null {
    for (let index = 0; index < attributes.count; index++) {
      const name = attributes.nameAt(index)
      if (name.local === local && name.prefix !== '' && this.resolve(name.prefix) === uri) {
        return attributes.valueAt(index)
      }
    }
    return null
  }

  #bindNamespaces(attributes: XmlAttributes): void {
    for (let index = 0; index < attributes.count; index++) {
      const name = attributes.nameAt(index)
      const isDefault = name.qualified === 'xmlns'
      if (!isDefault && name.prefix !== 'xmlns') continue
      if (this.#bindings.length >= this.#namespacesMax) {
        throw new XlsxError('too-large', `more than ${this.#namespacesMax} namespaces in scope`)
      }
      const prefix = isDefault ? '' : name.local
      const uri = canonicalNamespace(attributes.valueAt(index))
      this.#bindings.push({ prefix, uri, depth: this.#open.length })
      this.#prefix = null
    }
  }

  #unbindNamespaces(depth: number): void {
    while (this.#bindings.length > 0 && this.#bindings.at(-1)!.depth > depth) {
      this.#bindings.pop()
      this.#prefix = null
    }
  }

  /** Part 3 §9.3: the first Choice whose namespaces are all understood, else the Fallback. */
  #choose(attributes: XmlAttributes): number {
    if (this.local === 'AlternateContent') return UNDECIDED
    const parent = this.#treatments.length - 1
    if (this.#treatments[parent] !== UNDECIDED) return DROPPED
    if (this.local === 'Choice') {
      const required = attributes.get('Requires')?.trim().split(/\s+/) ?? ['']
      if (!required.every(prefix => this.resolve(prefix) === NS_MAIN)) return DROPPED
    } else if (this.local !== 'Fallback') {
      return DROPPED
    }
    this.#treatments[parent] = TRANSPARENT
    return TRANSPARENT
  }
}
