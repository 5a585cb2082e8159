/**
 * Owns the imports that are validated, started, cancelled, continued, corrected and deleted while the two processes that run
 * them are killed over and over, and judges each. Everything it does follows from its seed; timing does not.
 */
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Import, RowIssuePage } from '../../src/contracts/import.ts'
import type { Reconciliation, Verdict } from '../../src/contracts/row-outcomes.ts'
import { contactColumns } from '../../src/sample/contact-rows.ts'
import { createRandom, type Random } from '../../src/sample/random.ts'
import { writeCorrectedSheet } from '../support/corrected-sheet.ts'
import type { Fleet } from '../support/fleet.ts'
import { findDifferences } from '../support/ledger-checker.ts'
import { messyColumns } from '../support/messy-sheet.ts'
import { queryOnce } from '../support/query.ts'
import { type Kill, MortalPair } from './mortal-pair.ts'

export interface FireOptions {
  fleet: Fleet
  adminUrl: string
  /** the sheets to import; each is imported once undisturbed, as the reference */
  paths: readonly string[]
  seed: number
  kills: number
  /** between two kills, at random up to twice as long */
  pauseMs: number
  /** other trouble, one of which is made now and then; the name is counted */
  troubles?: Readonly<Record<string, () => Promise<void>>>
  log?: (line: string) => void
}

export interface FireCounts {
  kills: number
  killsAtCrashpoints: number
  /** completed after a validation that foretold them */
  foretold: number
  completed: number
  /** whole after a correction of all rows with refused cells */
  corrected: number
  cancelled: number
  deleted: number
  poisoned: number
  troubles: Record<string, number>
}

/** Imports in the fire at the same time. */
const activeMax = 4

export class FleetUnderFire {
  readonly cancelsMs: number[] = []
  readonly #counts = {
    foretold: 0,
    completed: 0,
    corrected: 0,
    cancelled: 0,
    deleted: 0,
    poisoned: 0,
    troubles: {} as Record<string, number>,
  }
  readonly #faults: string[] = []
  readonly #pair: MortalPair
  readonly #options: FireOptions
  readonly #random: Random
  readonly #references = new Map<string, string>()
  /** import id → its sheet */
  readonly #active = new Map<string, string>()
  #uploads = 0

  constructor(options: FireOptions) {
    this.#options = options
    this.#random = createRandom(options.seed)
    const { fleet, adminUrl } = options
    this.#pair = new MortalPair({ fleet, adminUrl, random: this.#random })
  }

  get counts(): FireCounts {
    return { ...this.#pair.counts, ...this.#counts }
  }

  /** Each is one line; none is what is wanted. */
  get faults(): readonly string[] {
    return [...this.#pair.faults, ...this.#faults]
  }

  get kills(): readonly Kill[] {
    return this.#pair.kills
  }

  /** Kills as often as asked, then lets every import end, and checks each. */
  async run(): Promise<void> {
    await this.#pair.start()
    await this.#makeReferences()
    const fire = { over: false }
    const imports = this.#keepImporting(fire)
    const broken = imports.then(
      () => {},
      error => error,
    )
    while (this.#pair.counts.kills < this.#options.kills) {
      const index = await this.#pair.nextVictim()
      const fault = await Promise.race([
        broken,
        sleep(this.#random.below(2 * this.#options.pauseMs)),
      ])
      if (fault) throw fault
      await this.#makeTrouble()
      await this.#pair.killOne(index)
      await Promise.race([broken, this.#recountAll()])
      this.#options.log?.(JSON.stringify(this.counts))
    }
    fire.over = true
    await imports
  }

  async #makeReferences(): Promise<void> {
    for (const path of this.#options.paths) {
      const id = await this.#begin(path, 'start')
      while ((await this.#get(id)).status !== 'completed') await sleep(50)
      this.#references.set(path, id)
    }
  }

  async #makeTrouble(): Promise<void> {
    const troubles = Object.entries(this.#options.troubles ?? {})
    if (troubles.length === 0 || !this.#random.chance(0.1)) return
    const [name, make] = this.#random.pick(troubles)
    this.#counts.troubles[name] = (this.#counts.troubles[name] ?? 0) + 1
    await make()
  }

  async #keepImporting(fire: { over: boolean }): Promise<void> {
    while (!fire.over || this.#active.size > 0) {
      while (!fire.over && this.#active.size < activeMax) {
        const path = this.#random.pick(this.#options.paths)
        const first = this.#random.chance(0.5) ? 'validate' : 'start'
        this.#active.set(await this.#begin(path, first), path)
      }
      for (const [id, path] of this.#active) await this.#tend(id, path, fire)
      await sleep(50)
    }
  }

  /** Looks after one import: cancels, continues or deletes it now and then, checks it in the end. */
  async #tend(id: string, path: string, fire: { over: boolean }): Promise<void> {
    const state = await this.#get(id)
    if (state.status === 'mapped') {
      const isUnderWay = ['queued', 'running'].includes(state.validation?.status ?? '')
      if (isUnderWay && !this.#random.chance(0.02)) return
      await this.#pair.call('POST', `/imports/${id}/start`)
    } else if (state.status === 'failed') {
      await this.#goOn(state)
    } else if (state.status === 'running' && !fire.over && this.#random.chance(0.1)) {
      await this.#cancel(id)
      await this.#pair.call('POST', `/imports/${id}/start`)
    } else if (state.status === 'running' && !fire.over && this.#random.chance(0.02)) {
      this.#counts.deleted += 1
      await this.#remove(id)
    } else if (state.status === 'completed') {
      this.#counts.completed += 1
      const reference = this.#references.get(path)!
      const differences = await this.#pair.ask(() =>
        findDifferences(this.#options.adminUrl, id, reference),
      )
      this.#faults.push(...differences.map(line => `${id}: ${line}`))
      this.#judgeValidation(state)
      await this.#recount(id, ['ok'])
      if (this.#counts.completed % 2 === 1) await this.#correct(id, path)
      await this.#remove(id)
    }
  }

  /** Only a worker that died too often under it may have ended an import. */
  async #goOn({ id, failure }: Import): Promise<void> {
    if (failure?.code !== 'import-poisoned') this.#faults.push(JSON.stringify(failure))
    this.#counts.poisoned += 1
    await this.#pair.call('POST', `/imports/${id}/start`)
  }

  /** Mends all rows with refused cells by a correction; then the group is whole, whoever was killed meanwhile. */
  async #correct(id: string, path: string): Promise<void> {
    const rows = await this.#refusedRows(id)
    const file = writeCorrectedSheet(join(dirname(path), `${id}.xlsx`), {
      corrects: id,
      names: contactColumns.map(({ header }) => header),
      rows: rows.map(row => ({ row, texts: mendedTexts(row) })),
    })
    const correction = await this.#upload(file)
    for (let state = correction; state.status !== 'completed'; ) {
      if (state.status === 'failed') await this.#goOn(state)
      else if (state.status === 'mapped')
        await this.#pair.call('POST', `/imports/${state.id}/start`)
      await sleep(50)
      state = await this.#get(correction.id)
    }
    for (const each of [id, correction.id]) await this.#recount(each, ['ok'])
    const { rows: ledger, findings } = await this.#get(id)
    this.#counts.corrected += 1
    if (ledger.rejected === 0 && findings.blanked === 0) return
    this.#faults.push(`${id} is not whole: ${JSON.stringify([ledger, findings])}`)
  }

  async #refusedRows(id: string): Promise<number[]> {
    const rows = new Set<number>()
    for (let cursor = ''; ; ) {
      const path = `/imports/${id}/issues?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`
      const { body } = await this.#pair.call<RowIssuePage>('GET', path)
      for (const { row } of body.items) rows.add(row)
      if (body.nextCursor === null) return [...rows]
      cursor = body.nextCursor
    }
  }

  /** What a validation foretold is what came in. */
  #judgeValidation({ id, rows, findings, validation }: Import): void {
    if (validation?.status !== 'completed') return
    this.#counts.foretold += 1
    const [foretold, came] = [validation, { rows, findings }].map(run =>
      JSON.stringify([run.rows, run.findings]),
    )
    if (foretold !== came) this.#faults.push(`${id}: ${foretold} was foretold, ${came} came in`)
  }

  /** Nothing that a killed process had committed may be missing or surplus, at any moment. */
  async #recountAll(): Promise<void> {
    for (const id of this.#active.keys()) await this.#recount(id, ['ok', 'interim'])
  }

  async #recount(id: string, wanted: readonly Verdict[]): Promise<void> {
    const path = `/imports/${id}/reconciliation`
    const { status, body } = await this.#pair.call<Reconciliation>('GET', path)
    // One that is being deleted, or is gone, tells nothing more.
    if (status !== 200 || wanted.includes(body.verdict)) return
    this.#faults.push(`${id} does not add up: ${JSON.stringify(body)}`)
  }

  /** What the answer counts must be what is in the table, then and a while later. */
  async #cancel(id: string): Promise<void> {
    const begun = performance.now()
    const broken = this.#pair.brokenCalls
    const { status, body } = await this.#pair.call<Import>('POST', `/imports/${id}/cancel`)
    if (status !== 202) return
    if (this.#pair.brokenCalls === broken) this.cancelsMs.push(performance.now() - begun)
    this.#counts.cancelled += 1
    for (const waitMs of [0, 200]) {
      await sleep(waitMs)
      const [found] = await this.#pair.ask(() =>
        queryOnce(
          this.#options.adminUrl,
          'select count(*)::int as contacts from contacts where import_id = $1',
          [id],
        ),
      )
      if (found?.contacts !== body.rows.created) {
        this.#faults.push(`${id}: cancelled at ${body.rows.created}, ${found?.contacts} are in`)
      }
    }
  }

  async #remove(id: string): Promise<void> {
    await this.#pair.call('DELETE', `/imports/${id}`)
    this.#active.delete(id)
  }

  async #begin(path: string, first: 'validate' | 'start'): Promise<string> {
    const { id } = await this.#upload(path)
    const mapping = { headerRow: true, columns: messyColumns }
    await this.#pair.call('PUT', `/imports/${id}/mapping`, mapping)
    await this.#pair.call('POST', `/imports/${id}/${first}`)
    return id
  }

  #upload(path: string): Promise<Import> {
    this.#uploads += 1
    const key = `${this.#options.seed}-${this.#uploads}`
    const options = { headers: { 'idempotency-key': key } }
    return this.#pair.ask(member => member.upload(path, options))
  }

  async #get(id: string): Promise<Import> {
    return (await this.#pair.call<Import>('GET', `/imports/${id}`)).body
  }
}

/** A last name and a phone that can be called; the other cells of the row are empty. */
function mendedTexts(row: number): (string | null)[] {
  return contactColumns.map(({ field }) => {
    if (field === 'lastName') return `Poprawny ${row}`
    return field === 'phone' ? `602 ${100_000 + row}` : null
  })
}
