/**
 * Corrections by model: random orders of imports, repairs, corrections, their repetition and their deletion on a real
 * service. The model knows of each row who brought it in; after each command all ledgers and all recounts must agree.
 */
import { openAsBlob } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import t from 'tap'
import type { Assignment, Campaign } from '../../src/contracts/campaign.ts'
import type { Import } from '../../src/contracts/import.ts'
import { writeCorrectedSheet } from '../support/corrected-sheet.ts'
import { findFaults } from '../support/ledger-checker.ts'
import { findMiscounts } from '../support/outcome-reader.ts'
import {
  correctedLongRows,
  faultyColumns,
  repairTexts,
  writeLongFaultySheet,
} from '../support/repairs.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { isCompleted, startTestService, type TestService } from '../support/service.ts'

const listed = 20
const corrected = correctedLongRows(listed)

/** Who brought a row in, or said that nobody wants it: a call for the row, a correction; null: nobody yet. */
interface Row {
  readonly begun: 'rejected' | 'blanked'
  by: string | null
  isDiscarded?: boolean
}

interface KnownImport {
  readonly id: string
  readonly rows: Map<number, Row>
  /** ids of its corrections, with the rows that their lists name */
  readonly corrections: { readonly id: string; readonly rows: readonly number[] }[]
}

type Model = { imports: KnownImport[] }

interface Real {
  readonly service: TestService
  readonly folder: string
  readonly list: string
  readonly campaign: string
}

const begunOf = (row: number): Row['begun'] => (row % 3 === 0 ? 'rejected' : 'blanked')

abstract class Command implements fc.AsyncCommand<Model, Real> {
  abstract check(model: Readonly<Model>): boolean
  abstract act(model: Model, real: Real): Promise<void>

  async run(model: Model, real: Real): Promise<void> {
    await this.act(model, real)
    await judge(model, real)
  }
}

class ImportCommand extends Command {
  override check({ imports }: Readonly<Model>): boolean {
    return imports.length < 2
  }

  override async act({ imports }: Model, { service, list, campaign }: Real): Promise<void> {
    const { id } = await service.upload(list)
    await service.mapAndStart(id, { columns: faultyColumns })
    await service.waitFor(id, isCompleted)
    const body = { importId: id }
    await service.call<Assignment>('POST', `/campaigns/${campaign}/assignments`, { body })
    const rows = new Map(corrected.map(({ row }) => [row, { begun: begunOf(row), by: null }]))
    imports.push({ id, rows, corrections: [] })
  }

  override toString(): string {
    return 'import'
  }
}

/** On one of the imports, where there is one. */
abstract class OnImport extends Command {
  readonly place: number

  constructor(place: number) {
    super()
    this.place = place
  }

  override check({ imports }: Readonly<Model>): boolean {
    return imports.length > 0
  }

  override act(model: Model, real: Real): Promise<void> {
    return this.change(model.imports[this.place % model.imports.length]!, real, model)
  }

  abstract change(known: KnownImport, real: Real, model: Model): Promise<void>

  override toString(): string {
    return `${this.constructor.name} ${this.place}`
  }
}

class RepairCommand extends OnImport {
  override async change({ id, rows }: KnownImport, { service }: Real): Promise<void> {
    const wanted = corrected[this.place % corrected.length]!
    const [outcome] = await repairTexts(service.database.url, { importId: id }, [wanted])
    const row = rows.get(wanted.row)!
    const expected = row.by !== null ? 'skipped' : row.begun === 'rejected' ? 'created' : 'updated'
    if (outcome!.outcome !== expected) throw new Error(`row ${wanted.row}: ${outcome!.outcome}`)
    row.by ??= 'a call'
  }
}

/** The same by the API: a row that is not open is refused. */
class PatchCommand extends OnImport {
  override async change({ id, rows }: KnownImport, { service }: Real): Promise<void> {
    const { row, texts } = corrected[this.place % corrected.length]!
    const known = rows.get(row)!
    const body = { values: { phone: texts[1] } }
    const { status } = await service.call('PATCH', `/imports/${id}/rows/${row}`, { body })
    if ((status === 200) !== (known.by === null)) throw new Error(`PATCH of row ${row}: ${status}`)
    known.by ??= 'a call'
  }
}

class DiscardCommand extends OnImport {
  override async change({ id, rows }: KnownImport, { service }: Real): Promise<void> {
    const { row } = corrected[this.place % corrected.length]!
    const known = rows.get(row)!
    const isOpen = known.begun === 'rejected' && known.by === null
    const { status } = await service.call('DELETE', `/imports/${id}/rows/${row}`)
    if (status < 300 !== (isOpen || known.isDiscarded === true)) {
      throw new Error(`DELETE of row ${row}: ${status}`)
    }
    if (isOpen) Object.assign(known, { by: 'a call', isDiscarded: true })
  }
}

class CorrectCommand extends OnImport {
  readonly rows: readonly number[]
  readonly times: number

  constructor(place: number, rows: readonly number[], times: number) {
    super(place)
    this.rows = rows
    this.times = times
  }

  /** Several times at once: together they bring each row in once. */
  override async change(known: KnownImport, { service, folder }: Real): Promise<void> {
    const { id, rows, corrections } = known
    const list = this.rows.map(at => corrected[at % corrected.length]!)
    const path = writeCorrectedSheet(join(folder, 'poprawki.xlsx'), { corrects: id, rows: list })
    const open = new Set(list.map(({ row }) => row).filter(row => rows.get(row)!.by === null))
    const done = await Promise.all(Array.from({ length: this.times }, () => correct(service, path)))
    const counted = done.reduce((sum, { rows }) => sum + rows.created + rows.updated, 0)
    if (counted !== open.size) throw new Error(`${counted} of ${open.size} rows were repaired`)
    for (const { id: correctionId } of done) {
      corrections.push({ id: correctionId, rows: list.map(({ row }) => row) })
      for (const row of await repairedBy(service, correctionId)) rows.get(row)!.by = correctionId
    }
  }

  override toString(): string {
    return `correct ${this.place} [${this.rows}] ${this.times}x`
  }
}

class UndoCommand extends OnImport {
  override check({ imports }: Readonly<Model>): boolean {
    return imports.some(({ corrections }) => corrections.length > 0)
  }

  override async change(_: KnownImport, { service }: Real, { imports }: Model): Promise<void> {
    const able = imports.filter(({ corrections }) => corrections.length > 0)
    const { rows, corrections } = able[this.place % able.length]!
    const [gone] = corrections.splice(this.place % corrections.length, 1)
    await remove(service, gone!.id)
    for (const row of rows.values()) if (row.by === gone!.id) row.by = null
  }
}

class DeleteCommand extends OnImport {
  override async change(known: KnownImport, { service }: Real, { imports }: Model): Promise<void> {
    imports.splice(imports.indexOf(known), 1)
    await remove(service, known.id)
    for (const { id } of known.corrections) {
      const { status } = await service.call('GET', `/imports/${id}`)
      if (status !== 404) throw new Error(`correction ${id} was answered ${status}`)
    }
  }
}

async function correct(service: TestService, path: string): Promise<Import> {
  const form = new FormData()
  form.set('file', await openAsBlob(path), 'poprawki.xlsx')
  const { body } = await service.call<Import>('POST', '/imports', { body: form })
  await service.call('POST', `/imports/${body.id}/start`)
  return service.waitFor(body.id, isCompleted)
}

async function repairedBy(service: TestService, id: string): Promise<number[]> {
  const { queryOnce } = await import('../support/query.ts')
  const rows = await queryOnce(
    service.database.adminUrl,
    `select original_row as row from correction_rows where import_id = $1 and outcome <> 'skipped'`,
    [id],
  )
  return rows.map(({ row }) => row as number)
}

async function remove(service: TestService, id: string): Promise<void> {
  await service.call('DELETE', `/imports/${id}`)
  while ((await service.call('GET', `/imports/${id}`)).status !== 404) await sleep(20)
}

async function judge({ imports }: Model, { service, campaign }: Real): Promise<void> {
  for (const { id, rows, corrections } of imports) {
    const all = [...rows.values()]
    const open = (begun: Row['begun']) =>
      all.filter(row => row.begun === begun && row.by === null).length
    const { body } = await service.call<Import>('GET', `/imports/${id}`)
    const found = [body.rows.rejected, body.rows.created, body.findings.blanked]
    const discarded = all.filter(({ isDiscarded }) => isDiscarded).length
    const created = listed - open('rejected') - discarded
    const expected = [open('rejected'), created, open('blanked')]
    if (String(found) !== String(expected)) {
      throw new Error(`${id}: rejected, created and blanked are ${found} and not ${expected}`)
    }
    for (const each of [id, ...corrections.map(({ id }) => id)]) {
      const miscounts = await findMiscounts(service, each)
      if (miscounts.length > 0) throw new Error(`${each}: ${miscounts}`)
    }
  }
  await catchUp(service, `/campaigns/${campaign}/assignments`)
  const faults = await findFaults(service.database.adminUrl)
  if (faults.length > 0) throw new Error(faults.join('\n'))
}

/** Assignments hold exactly the contacts of their imports, and know it. */
async function catchUp(service: TestService, path: string): Promise<void> {
  for (;;) {
    const { body } = await service.call<{ items: Assignment[] }>('GET', path)
    if (body.items.every(({ status }) => status === 'completed')) {
      for (const { importId, assigned } of body.items) {
        const { body: known } = await service.call<Import>('GET', `/imports/${importId}`)
        if (known.rows.created === assigned) continue
        throw new Error(`${assigned} of ${known.rows.created} contacts are assigned`)
      }
      return
    }
    await sleep(20)
  }
}

t.test('whatever is repaired and taken back, all ledgers and recounts agree', async t => {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
  t.comment(`seed ${seed}: SEED=${seed} tap test/imports/corrections-model.test.ts`)
  const service = await startTestService(t, { BATCH_ROWS_MAX: '3' })
  const folder = makeScratchFolder(t)
  const list = await writeLongFaultySheet(join(folder, 'lista.xlsx'), listed)
  const { body: made } = await service.call<Campaign>('POST', '/campaigns', {
    body: { name: 'lato' },
  })
  const real: Real = { service, folder, list, campaign: made.id }
  const place = fc.nat({ max: 11 })
  const rows = fc.array(fc.nat({ max: corrected.length - 1 }), { minLength: 1, maxLength: 8 })
  const commands = fc.commands(
    [
      fc.constant(new ImportCommand()),
      place.map(at => new RepairCommand(at)),
      place.map(at => new PatchCommand(at)),
      place.map(at => new DiscardCommand(at)),
      fc
        .tuple(place, rows, fc.constantFrom(1, 1, 2))
        .map(([at, list, times]) => new CorrectCommand(at, list, times)),
      fc
        .tuple(place, rows, fc.constantFrom(1, 2, 2))
        .map(([at, list, times]) => new CorrectCommand(at, list, times)),
      place.map(at => new UndoCommand(at)),
      place.map(at => new DeleteCommand(at)),
    ],
    { maxCommands: 16, size: 'max' },
  )
  const agrees = fc.asyncProperty(commands, async commands => {
    const model: Model = { imports: [] }
    await fc.asyncModelRun(() => ({ model, real }), commands)
    for (const { id } of model.imports) await remove(service, id)
  })
  const options = { seed, numRuns: Number(process.env.RUNS ?? 5), endOnFailure: true }
  await t.resolves(fc.assert(agrees, options), 'every order agrees')
})
