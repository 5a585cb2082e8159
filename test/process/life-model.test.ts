/**
 * The life of imports by model: random commands on a real service and a worker that is killed among them. The model is
 * the table of legal moves; a state that a worker may leave by itself is asked for, never guessed.
 */
import fc from 'fast-check'
import t from 'tap'
import type { Import, ImportStatus } from '../../src/contracts/import.ts'
import { isAllowed, type Move } from '../../src/contracts/import-states.ts'
import { type Scene, setEngineScene } from '../support/engine-scene.ts'
import type { MemberStart } from '../support/fleet.ts'
import { findFaults } from '../support/ledger-checker.ts'
import { messyColumns } from '../support/messy-sheet.ts'

interface Known {
  readonly id: string
  name: string
  /** as last answered */
  status: ImportStatus
}

type Model = { imports: Known[] }

interface Real {
  scene: Scene
  worker: MemberStart | undefined
}

/** What a worker may have made of a state in the meantime. */
const reachable: Partial<Record<ImportStatus, ImportStatus[]>> = {
  queued: ['queued', 'running', 'completed', 'failed'],
  running: ['running', 'completed', 'failed'],
}

const calls: Record<
  'map' | 'validate' | 'start' | 'cancel' | 'delete',
  [string, string, ImportStatus[]]
> = {
  map: ['PUT', '/mapping', ['mapped']],
  validate: ['POST', '/validate', ['mapped']],
  start: ['POST', '/start', ['queued', 'running', 'completed', 'failed']],
  cancel: ['POST', '/cancel', ['cancelled']],
  delete: ['DELETE', '', ['deleting']],
}

class ChangeCommand implements fc.AsyncCommand<Model, Real> {
  readonly move: Move & keyof typeof calls
  readonly place: number

  constructor(move: Move & keyof typeof calls, place: number) {
    this.move = move
    this.place = place
  }

  check({ imports }: Readonly<Model>): boolean {
    return imports.length > 0
  }

  async run({ imports }: Model, { scene: { front } }: Real): Promise<void> {
    const known = imports[this.place % imports.length]!
    const before = await front.call<Import>('GET', `/imports/${known.id}`)
    assertReached(known, before.body.status)
    const [method, path, next] = calls[this.move]
    const body = { headerRow: true, columns: messyColumns }
    const { status } = await front.call(method, `/imports/${known.id}${path}`, {
      ...(this.move === 'map' && { body }),
    })
    const possible = reachable[known.status] ?? [known.status]
    if (status < 300) {
      if (!possible.some(state => isAllowed(this.move, state))) {
        throw new Error(`${this.move} was let through in ${possible}`)
      }
      if (this.move === 'delete') imports.splice(imports.indexOf(known), 1)
      else known.status = next[0]!
    } else if (status !== 409 || possible.every(state => isAllowed(this.move, state))) {
      throw new Error(`${this.move} was answered ${status} in ${possible}`)
    }
  }

  toString(): string {
    return `${this.move} ${this.place}`
  }
}

/** Cancels the validation of an import, which may have none under way. */
class CancelValidationCommand implements fc.AsyncCommand<Model, Real> {
  readonly place: number

  constructor(place: number) {
    this.place = place
  }

  check({ imports }: Readonly<Model>): boolean {
    return imports.length > 0
  }

  async run({ imports }: Model, { scene: { front } }: Real): Promise<void> {
    const known = imports[this.place % imports.length]!
    const path = `/imports/${known.id}/validate/cancel`
    const { status, body } = await front.call<Import>('POST', path)
    if (status !== 202 && status !== 409) throw new Error(`it was answered ${status}`)
    if (status === 202 && body.validation?.status !== 'cancelled') {
      throw new Error(`the validation is ${body.validation?.status}`)
    }
  }

  toString(): string {
    return `cancel the validation of ${this.place}`
  }
}

class UploadCommand implements fc.AsyncCommand<Model, Real> {
  check({ imports }: Readonly<Model>): boolean {
    return imports.length < 3
  }

  async run({ imports }: Model, { scene }: Real): Promise<void> {
    const { id, name, status } = await scene.front.upload(scene.path)
    imports.push({ id, name, status })
  }

  toString(): string {
    return 'upload'
  }
}

class RenameCommand implements fc.AsyncCommand<Model, Real> {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }

  check({ imports }: Readonly<Model>): boolean {
    return imports.length > 0
  }

  async run({ imports }: Model, { scene: { front } }: Real): Promise<void> {
    const known = imports.at(-1)!
    const body = { name: this.name }
    const answer = await front.call<Import>('PATCH', `/imports/${known.id}`, { body })
    if (answer.status !== 200) throw new Error(`rename was answered ${answer.status}`)
    known.name = this.name
    const { body: read } = await front.call<Import>('GET', `/imports/${known.id}`)
    if (read.name !== known.name) throw new Error(`the name is "${read.name}"`)
    assertReached(known, read.status)
  }

  toString(): string {
    return `rename to ${this.name}`
  }
}

class CrashCommand implements fc.AsyncCommand<Model, Real> {
  check(): boolean {
    return true
  }

  async run(_: Model, real: Real): Promise<void> {
    real.worker?.child.kill('SIGKILL')
    await real.worker?.ended
    real.worker = undefined
  }

  toString(): string {
    return 'crash'
  }
}

class RecoverCommand implements fc.AsyncCommand<Model, Real> {
  check(): boolean {
    return true
  }

  async run(_: Model, real: Real): Promise<void> {
    real.worker ??= real.scene.fleet.launch({ ROLE: 'worker' })
    await real.worker.listening
  }

  toString(): string {
    return 'recover'
  }
}

/** An import is where it was, or where a worker may have brought it; that is what is known from now on. */
function assertReached(known: Known, status: ImportStatus): void {
  const possible = reachable[known.status] ?? [known.status]
  if (!possible.includes(status)) throw new Error(`${known.status} became ${status}`)
  known.status = status
}

function moves(status: string | undefined): boolean {
  return status === 'queued' || status === 'running'
}

t.test('no order of commands leaves the table of moves, or a fault', async t => {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
  t.comment(`seed ${seed}: SEED=${seed} tap test/process/life-model.test.ts`)
  const scene = await setEngineScene(t, { rows: 1_000, env: { BATCH_ROWS_MAX: '25' } })
  const { front, database } = scene
  const place = fc.nat({ max: 2 })
  const commands = fc.commands(
    [
      fc.constant(new UploadCommand()),
      fc.constant(new CrashCommand()),
      fc.constant(new RecoverCommand()),
      fc.constantFrom('lato', 'zima').map(name => new RenameCommand(name)),
      place.map(at => new CancelValidationCommand(at)),
      ...(
        ['map', 'start', 'cancel', 'delete', 'map', 'validate', 'start', 'validate'] as const
      ).map(move => place.map(at => new ChangeCommand(move, at))),
    ],
    { maxCommands: 30, size: 'max' },
  )
  const keepsToTheTable = fc.asyncProperty(commands, async commands => {
    const model: Model = { imports: [] }
    const real: Real = { scene, worker: scene.fleet.launch({ ROLE: 'worker' }) }
    await fc.asyncModelRun(() => ({ model, real }), commands)
    await new RecoverCommand().run(model, real)
    for (const { id } of model.imports) {
      await front.waitFor(
        id,
        ({ status, validation }) => !moves(status) && !moves(validation?.status),
      )
    }
    const faults = await findFaults(database.adminUrl)
    if (faults.length > 0) throw new Error(faults.join('\n'))
    await new CrashCommand().run(model, real)
  })
  const options = { seed, numRuns: Number(process.env.RUNS ?? 4), endOnFailure: true }
  await t.resolves(fc.assert(keepsToTheTable, options), 'every run keeps to the table')
})
