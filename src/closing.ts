/**
 * Ends the service: all parts that work are told to end at once; then the resources that they used are closed. A
 * part that fails or hangs is named in the log, and holds up no other for longer than its time.
 */
import type { Logger } from 'pino'
import { closeResourcesMs, closeWorkMs } from './limits.ts'

/** How long each part may take, in milliseconds. */
export interface ClosingLimits {
  readonly workMs: number
  readonly resourcesMs: number
}

interface Part {
  readonly name: string
  readonly close: () => Promise<void>
}

class StillOpenError extends Error {
  constructor(ms: number) {
    super(`still open after ${ms} ms`)
    this.name = 'StillOpenError'
  }
}

export class Closing {
  readonly #log: Logger
  readonly #limits: ClosingLimits
  readonly #work: Part[] = []
  readonly #resources: Part[] = []
  #run: Promise<void> | undefined
  #isAnnounced = false

  constructor(
    log: Logger,
    limits: ClosingLimits = { workMs: closeWorkMs, resourcesMs: closeResourcesMs },
  ) {
    this.#log = log
    this.#limits = limits
  }

  /** Whether the service was told to end; until it closes everything goes on. */
  get announced(): boolean {
    return this.#isAnnounced || this.#run !== undefined
  }

  announce(): void {
    this.#isAnnounced = true
  }

  /** Work uses resources, and is closed before any of them. */
  addWork(name: string, close: () => Promise<void>): void {
    this.#work.push({ name, close })
  }

  addResource(name: string, close: () => Promise<void>): void {
    this.#resources.push({ name, close })
  }

  /** Closes everything once; rejects after that when a part did not close. */
  run(): Promise<void> {
    this.#run ??= this.#runAll()
    return this.#run
  }

  async #runAll(): Promise<void> {
    const left = [
      ...(await this.#closeAll(this.#work, this.#limits.workMs)),
      ...(await this.#closeAll(this.#resources, this.#limits.resourcesMs)),
    ]
    if (left.length > 0) throw new Error(`not closed: ${left.join(', ')}`)
  }

  /** Gives the names of the parts that did not close. */
  async #closeAll(parts: readonly Part[], ms: number): Promise<string[]> {
    const left = await Promise.all(
      parts.map(async ({ name, close }) => {
        try {
          await within(ms, close())
          return []
        } catch (error) {
          this.#log.error({ err: error, part: name }, 'a part of the service did not close')
          return [name]
        }
      }),
    )
    return left.flat()
  }
}

async function within(ms: number, ending: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new StillOpenError(ms)), ms)
  try {
    await Promise.race([ending, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
