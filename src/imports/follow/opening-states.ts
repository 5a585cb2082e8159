/**
 * The states that an event stream begins with, read a page at a time. The next page is read only when the reader has
 * taken the one before, so that a reader that takes nothing costs one page. Each page is read in a snapshot of its own,
 * and its range keeps the position of that snapshot: the states of the page already contain every event up to there.
 */
import type { Caller } from '../../contracts/caller.ts'
import type { ImportSnapshot, ImportStatus } from '../../contracts/import.ts'
import { toSnapshot } from '../../contracts/import-snapshot.ts'
import { statesPerPage, statesShownMax } from '../../limits.ts'
import { ImportEntity } from '../../storage/imports/import-entity.ts'
import { findValidating, readValidations } from '../../storage/imports/validation-record.ts'
import { findLastPosition, type OutboxRow } from '../../storage/outbox/outbox.ts'
import type { EntityManager } from '../../storage/postgres/orm.ts'
import { sqlOf } from '../../storage/postgres/orm-sql.ts'
import { findImport, findPlaces, type ImportWithoutSheets } from '../find-import.ts'

/** Runs `work` in one snapshot of the tenant's rows. */
export type InSnapshot = <T>(work: (em: EntityManager) => Promise<T>) => Promise<T>

/** What a page covers: every import from `fromId` up to the page before it, as of `position`. */
interface PageRange {
  readonly fromId: string
  readonly position: number
}

/** Below the id of every import. */
const lowestId = '00000000-0000-0000-0000-000000000000'

/**
 * States in which an import changes without a caller, so that a reader needs it however old it is. While it is validated, it
 * changes as well.
 */
const moving: ImportStatus[] = ['queued', 'running', 'deleting']

export class OpeningStates {
  readonly #inSnapshot: InSnapshot
  readonly #caller: Caller
  readonly #importId: string | undefined
  /** in the order in which the pages were read: the newest imports first */
  #ranges: PageRange[] = []
  #shown = 0

  /** Of one import (`read` throws `not-found` when there is none), or of the newest imports and all that are moving. */
  constructor(inSnapshot: InSnapshot, caller: Caller, importId: string | undefined) {
    this.#inSnapshot = inSnapshot
    this.#caller = caller
    this.#importId = importId
  }

  /** The position after which the stream goes on with events. */
  get position(): number {
    return this.#ranges[0]!.position
  }

  /** The states, newest imports first. */
  async *read(): AsyncGenerator<ImportSnapshot> {
    do yield* await this.#readPage()
    while (this.#ranges.at(-1)!.fromId !== lowestId)
  }

  /** Whether the state of the import was read after this event, so that the reader already knows what the event says. */
  tellsOf({ importId, position }: OutboxRow): boolean {
    const newest = this.#ranges.at(-1)
    // Every later event is news to the reader, so the pages are no longer needed.
    if (newest && position > newest.position) this.#ranges = []
    const range = this.#ranges.find(({ fromId }) => importId >= fromId)
    return range !== undefined && position <= range.position
  }

  #readPage(): Promise<ImportSnapshot[]> {
    return this.#inSnapshot(async em => {
      const { entities, isLast } = await this.#findNext(em)
      this.#ranges.push({
        fromId: isLast ? lowestId : entities.at(-1)!.id,
        position: await findLastPosition(sqlOf(em)),
      })
      this.#shown += entities.length
      const ids = entities.map(({ id }) => id)
      const validations = await readValidations(sqlOf(em), ids)
      const places = await findPlaces(em, entities, validations)
      return entities.map(entity => {
        const validation = validations.get(entity.id) ?? null
        return toSnapshot(entity, { queuePosition: places.get(entity.id), validation })
      })
    })
  }

  async #findNext(
    em: EntityManager,
  ): Promise<{ entities: ImportWithoutSheets[]; isLast: boolean }> {
    if (this.#importId !== undefined) {
      return { entities: [await findImport(em, this.#caller, this.#importId)], isLast: true }
    }
    const newestLeft = statesShownMax - this.#shown
    const limit = newestLeft > 0 ? Math.min(newestLeft, statesPerPage) : statesPerPage
    const before = this.#ranges.at(-1)
    const validated =
      newestLeft > 0 ? [] : await findValidating(sqlOf(em), { beforeId: before?.fromId, limit })
    const entities = await em.find(
      ImportEntity,
      {
        tenantId: this.#caller.tenantId,
        ...(before && { id: { $lt: before.fromId } }),
        ...(newestLeft <= 0 && {
          $or: [{ status: { $in: moving } }, { id: { $in: validated } }],
        }),
      },
      { orderBy: { id: 'desc' }, limit },
    )
    return { entities, isLast: entities.length < limit }
  }
}
