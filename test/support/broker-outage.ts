/**
 * Owns an outage of the broker as operators meet it: two service processes with imports under way, nats-server killed
 * outright and away for real minutes, then back. Says what waited, how long it took to drain, and every fault.
 */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Import } from '../../src/contracts/import.ts'
import {
  type DurableConsumer,
  idsByImport,
  outboxIds,
  readStream,
  startConsumer,
} from './event-consumer.ts'
import { createFleet, type Member } from './fleet.ts'
import { findFaults } from './ledger-checker.ts'
import { messyColumns, writeMessySheet } from './messy-sheet.ts'
import type { Owner, OwnNats } from './own-servers.ts'
import { queryOnce } from './query.ts'
import { makeScratchFolder } from './scratch-folder.ts'
import { isCompleted } from './service.ts'

export interface OutageOptions {
  readonly database: { readonly url: string; readonly adminUrl: string }
  readonly nats: OwnNats
  readonly seconds: number
  /** that imports and their owners make meanwhile, at an even pace */
  readonly events: number
  readonly log?: (line: string) => void
}

export interface Outage {
  readonly secondsAway: number
  /** imports uploaded, run and completed while the broker was away */
  readonly completed: number
  /** events that waited when the broker came back */
  readonly waiting: number
  /** from the start of nats-server until the consumer had all of them */
  readonly drainSeconds: number
  /** Each is one line; none is what is wanted. */
  readonly faults: string[]
}

/** Beside the five or more that an import has by itself. */
const renamesPerImport = 15

export async function surviveOutage(owner: Owner, options: OutageOptions): Promise<Outage> {
  const { database, nats, seconds, events, log } = options
  const scratchDir = makeScratchFolder(owner)
  const path = await writeMessySheet(join(scratchDir, 'kontakty.xlsx'), 300)
  const fleet = createFleet(owner, {
    databaseUrl: database.url,
    scratchDir,
    env: { NATS_URL: nats.url, BATCH_ROWS_MAX: '50' },
  })
  const members = await Promise.all([fleet.start(), fleet.start()])
  const consumer = startConsumer(nats.url, 'crm')
  const traffic = startTraffic(members, path)
  await traffic.untilCompleted(2)
  await consumer.until(10)

  await nats.killOutright()
  const begun = performance.now()
  const completedBefore = traffic.completed()
  const secondsGone = () => (performance.now() - begun) / 1_000
  while (secondsGone() < seconds) {
    const waiting = await countWaiting(database.adminUrl)
    traffic.pause(waiting > (events * secondsGone()) / seconds)
    log?.(`${Math.round(secondsGone())} s away, ${waiting} events wait`)
    await traffic.goOn(1_000 * Math.min(1, Math.max(0, seconds - secondsGone())))
  }
  traffic.pause(false)
  while ((await countWaiting(database.adminUrl)) < events) await traffic.goOn(100)
  await traffic.stop()
  const completed = traffic.completed() - completedBefore
  const waiting = await countWaiting(database.adminUrl)
  const secondsAway = secondsGone()

  const back = performance.now()
  await nats.start()
  const drainSeconds = await drain(consumer, { adminUrl: database.adminUrl, back, log })
  await consumer.stop()
  const outbox = await outboxIds(database.adminUrl)
  const faults = [
    ...differences('the consumer’s log', idsByImport(consumer.events), outbox),
    ...differences('the stream', idsByImport(await readStream(nats.url)), outbox),
    ...(await findFaults(database.adminUrl)),
  ]
  for (const member of members) await member.kill('SIGTERM')
  return { secondsAway, completed, waiting, drainSeconds, faults }
}

async function drain(
  consumer: DurableConsumer,
  { adminUrl, back, log }: { adminUrl: string; back: number; log: OutageOptions['log'] },
): Promise<number> {
  const total = Object.values(await outboxIds(adminUrl)).flat().length
  const seconds = () => (performance.now() - back) / 1_000
  const published = (async () => {
    while ((await countWaiting(adminUrl)) > 0) await sleep(50)
    log?.(`the broker has all after ${seconds().toFixed(1)} s`)
  })()
  await consumer.until(total, 300_000)
  await published
  return seconds()
}

/** Imports from upload to completion, each renamed a few times, one in three deleted; one after the other. */
function startTraffic(members: readonly Member[], path: string) {
  let [isOver, isPaused, completed] = [false, false, 0]
  const untilWanted = async () => {
    while (isPaused && !isOver) await sleep(20)
  }

  const importOne = async (member: Member, number: number) => {
    const { id } = await member.upload(path)
    await member.mapAndStart(id, { columns: messyColumns })
    await member.waitFor(id, isCompleted)
    completed += 1
    for (let time = 1; time <= renamesPerImport && !isOver; time++) {
      await untilWanted()
      await expectOk(
        member.call<Import>('PATCH', `/imports/${id}`, { body: { name: `Klienci ${time}` } }),
      )
    }
    if (number % 3 === 0) await expectOk(member.call('DELETE', `/imports/${id}`))
  }
  const running = (async () => {
    for (let number = 0; !isOver; number++) {
      await untilWanted()
      await importOne(members[number % members.length]!, number)
    }
  })()
  running.catch(() => {})
  const goOn = async (ms: number) => {
    await Promise.race([sleep(ms), running])
  }
  return {
    /** Waits; throws at once when a call was refused or an import failed. */
    goOn,
    completed: () => completed,
    async untilCompleted(imports: number) {
      while (completed < imports) await goOn(50)
    },
    pause(wanted: boolean) {
      isPaused = wanted
    },
    stop() {
      isOver = true
      return running
    },
  }
}

async function expectOk(answer: ReturnType<Member['call']>): Promise<void> {
  const { status, body } = await answer
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
}

async function countWaiting(adminUrl: string): Promise<number> {
  const [row] = await queryOnce(
    adminUrl,
    'select count(*)::int as waiting from outbox where published_at is null',
  )
  return Number(row!.waiting)
}

function differences(
  what: string,
  found: Record<string, string[]>,
  outbox: Record<string, string[]>,
): string[] {
  return [...new Set([...Object.keys(found), ...Object.keys(outbox)])]
    .filter(id => !isDeepStrictEqual(found[id], outbox[id]))
    .slice(0, 3)
    .map(id => `${what} of ${id}: ${found[id]}, the outbox: ${outbox[id]}`)
}
