/**
 * Places for work that must not pile up. The process refuses a caller at once when no place is free. A tenant may hold
 * only a part of the places, and so may a token where a cap is given: so no tenant and no token keeps the others out.
 */
import type { Caller } from '../contracts/caller.ts'
import { AppError } from '../errors.ts'

export interface PlaceCaps {
  readonly inAll: number
  readonly perTenant: number
  readonly perToken?: number
}

export class Places {
  readonly #caps: PlaceCaps
  /** places taken in all, by tenant and by token; a count of 0 is not kept */
  readonly #taken = new Map<string, number>()

  constructor(caps: PlaceCaps) {
    this.#caps = caps
  }

  /** Gives a place until the caller disposes of it. Throws `service-busy` when all places, or all of this caller, are taken. */
  take({ tenantId, tokenId }: Pick<Caller, 'tenantId' | 'tokenId'>): Disposable {
    const { inAll, perTenant, perToken } = this.#caps
    const capOf = new Map([
      ['all', inAll],
      [`tenant ${tenantId}`, perTenant],
      ...(perToken === undefined ? [] : [[`token ${tokenId}`, perToken] as const]),
    ])
    for (const [key, cap] of capOf) {
      if ((this.#taken.get(key) ?? 0) >= cap) throw new AppError('service-busy')
    }
    for (const key of capOf.keys()) this.#count(key, 1)
    let isHeld = true
    return {
      [Symbol.dispose]: () => {
        if (isHeld) for (const key of capOf.keys()) this.#count(key, -1)
        isHeld = false
      },
    }
  }

  #count(key: string, change: 1 | -1): void {
    const places = (this.#taken.get(key) ?? 0) + change
    if (places === 0) this.#taken.delete(key)
    else this.#taken.set(key, places)
  }
}
