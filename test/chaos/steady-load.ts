/** Owns imports of one sheet that begin anew whenever one has completed; each is compared with the first. */
import type { Member } from '../support/fleet.ts'
import { findDifferences } from '../support/ledger-checker.ts'
import { messyColumns } from '../support/messy-sheet.ts'
import { isCompleted } from '../support/test-api.ts'

/** Imports at the same time, all of which one process has room for. */
const importsAtOnce = 3

export class SteadyLoad {
  completed = 0
  readonly #faults: string[] = []
  readonly #front: Member
  readonly #adminUrl: string
  readonly #path: string
  #referenceId = ''
  #isOver = false
  #lines: Promise<unknown> = Promise.resolve()

  constructor(front: Member, adminUrl: string, path: string) {
    this.#front = front
    this.#adminUrl = adminUrl
    this.#path = path
  }

  async start(): Promise<void> {
    this.#referenceId = await this.#import()
    this.#lines = Promise.all(Array.from({ length: importsAtOnce }, () => this.#keepImporting()))
    this.#lines.catch(() => {})
  }

  async #keepImporting(): Promise<void> {
    while (!this.#isOver) {
      const id = await this.#import()
      this.#faults.push(...(await findDifferences(this.#adminUrl, id, this.#referenceId)))
      await this.#front.call('DELETE', `/imports/${id}`)
      this.completed += 1
    }
  }

  async #import(): Promise<string> {
    const { id } = await this.#front.upload(this.#path)
    await this.#front.mapAndStart(id, { columns: messyColumns })
    await this.#front.waitFor(id, isCompleted)
    return id
  }

  /** Lets what runs end; gives every fault found. */
  async stop(): Promise<readonly string[]> {
    this.#isOver = true
    await this.#lines
    return this.#faults
  }
}
