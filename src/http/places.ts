/** A number of places for work that must not pile up: who finds none is sent away, nobody waits. */
import { AppError } from '../errors.ts'

export class Places {
  readonly #max: number
  #taken = 0

  constructor(max: number) {
    this.#max = max
  }

  /** One place until it is disposed of; `service-busy` when all are taken. */
  take(): Disposable {
    if (this.#taken >= this.#max) throw new AppError('service-busy')
    this.#taken += 1
    let held = true
    return {
      [Symbol.dispose]: () => {
        if (held) this.#taken -= 1
        held = false
      },
    }
  }
}
